#!/usr/bin/env bash
# benchmark.sh [OPTION]...: measures this machine and prints one table for each option; without options all tables.
# Speeds are shares of what the same process reached in the same seconds: run it on a machine with nothing else to do.
#
#   --training    training GFLOP/s against the sgemm rate, by encoding and width
#   --libraries   the same with netlib's Java library and with EJML alone
#   --resolution  an epoch behind a fine grid over one behind a coarse grid
#   --parts       seconds of encoding, metrics, kernel and eigenvalues
#   --kernels     seconds of a kernel with its spectra, by route and number of points, and as before two stages;
#                 of bounds over all 16,384 and 65,536 pixels (minutes)
#   --plan[=ROOT] predicted and measured seconds and memory, by encoding, on a drawn picture or on a
#                 photograph of the ImageNet folder ROOT; the time of a large plan
#   --surfaces    seconds of distances and signs at a million points of a mesh (EIGENSWEEP_MESH=FILE, else a drawn one of
#                 70,000 faces); memory of trials on it, planned and measured
#   --tables      seconds of aggregate on ten thousand synthetic rows (1 GB below java.io.tmpdir), with 2 GiB of heap
#   --cluster     what distribution costs on a standalone cluster of two one-core workers (seven minutes)
#   --makespan    the makespan of a skewed grid there, against the lower bound and other orders (two minutes)
#
# The benchmarks are in src/jmh (Maven profile `benchmark`), run by JMH, one JVM for each row; aggregate is run as it is.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
home=$(dirname "$here")
classpath=$home/target/benchmark.classpath

case ${1:-} in
  -h | --help) sed -n '2,/^set /p' "${BASH_SOURCE[0]}" | sed '$d; s/^# \{0,1\}//'; exit 0 ;;
esac

. "$here/surroundings.sh"

# Compiled when a source is younger than the last time.
if [ ! -f "$classpath" ] || [ -n "$(find "$home/pom.xml" "$home/src" -newer "$classpath" -type f -print -quit)" ]; then
  printf 'compiling the benchmarks …\n' >&2
  mkdir -p "$home/target"
  build -Pbenchmark test-compile dependency:build-classpath -Dmdep.outputFile="$classpath" -Dmdep.includeScope=test
fi

# The options that Spark gives its JVMs and that matter here: the vector module for netlib's Java library.
cd "$home"
exec "$java" ${java_options[@]+"${java_options[@]}"} -Xmx2g -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 --add-modules=jdk.incubator.vector \
  -cp "$home/target/test-classes:$home/target/classes:$(cat "$classpath")" \
  io.eigensweep.benchmark.Benchmarks "$@" 2> >(grep -v '^WARNING: Using incubator modules' >&2)
