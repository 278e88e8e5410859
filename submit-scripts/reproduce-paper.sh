#!/usr/bin/env bash
# reproduce-paper.sh PHOTOGRAPHS MESHES [OUT] [OPTION]...: the paper and its open questions, from pictures to verdicts.
#
#   PHOTOGRAPHS   folder in the ImageNet layout
#   MESHES        a mesh or a folder of meshes (the paper's: bunny, dragon, armadillo)
#   OUT           folder of the sweeps, a path or a URI (default target/paper)
#   --scale NAME  full (a cluster), night (two cores, about eight hours) or smoke (minutes, no result);
#                 default night. jobs/scales/NAME.yaml says what each study is then, and their order
#   --plan        only says what there is to do and what it costs
#   --profile NAME, --spark KEY=VALUE   as with eigensweep: where it runs
#   --NAME VALUE  further options of the command sweep, --finish-by 07:00 for example; and --slots N, the cores that
#                 the plan is for
#
# Each study is swept into OUT/<study> and aggregated; what they say together is in OUT/claims and OUT/paper.md. A study
# that ends incompletely does not stop the others (exit code 3). Ctrl-C ends it at once; the same command goes on.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
home=$(dirname "$here")
wrong() { printf 'reproduce-paper.sh: %s\n' "$*" >&2; exit 2; }

scale=night
places=()
submit=()
options=()
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) sed -n '2,/^set /p' "${BASH_SOURCE[0]}" | sed '$d; s/^# \{0,1\}//'; exit 0 ;;
    --plan | --retry-failed | --*=*) word=("$1"); shift ;;
    --*) [ $# -ge 2 ] || wrong "$1 needs a value"; word=("$1" "$2"); shift 2 ;;
    *) places+=("$1"); shift; continue ;;
  esac
  case ${word[0]} in
    --scale) scale=${word[1]} ;;
    --scale=*) scale=${word[0]#*=} ;;
    --profile | --profile=* | --spark | --spark=*) submit+=("${word[@]}") ;;
    *) options+=("${word[@]}") ;;
  esac
done
[ ${#places[@]} -ge 2 ] && [ ${#places[@]} -le 3 ] \
  || wrong "needs PHOTOGRAPHS and MESHES, and OUT if wanted; got ${#places[@]} folders (see --help)"
file=$home/jobs/scales/$scale.yaml
[ -f "$file" ] || wrong "--scale must be full, night or smoke, got $scale"

# Two minutes of Java: to compile it twice, or to make two hundred parts of ten rows, costs more than all trials do.
if [ "$scale" = smoke ]; then
  export SPARK_SUBMIT_OPTS="-XX:TieredStopAtLevel=1 ${SPARK_SUBMIT_OPTS:-}"
  submit=(--spark spark.sql.shuffle.partitions=2 "${submit[@]:+${submit[@]}}")
fi

exec "$here/eigensweep" "${submit[@]:+${submit[@]}}" reproduce "$file" --photographs "${places[0]}" --meshes "${places[1]}" \
  --out "${places[2]:-$home/target/paper}" --document "$home/docs/paper.md" "${options[@]:+${options[@]}}"
