#!/usr/bin/env bash
# A Spark standalone cluster on this machine: one master, two workers of one core each.
#
#   cluster.sh start    starts it and waits until both workers have registered; prints the master's URL
#   cluster.sh stop     ends the three processes and waits until they are gone
#   cluster.sh status   prints the master's URL and the state of each process; exit code 1 when not all run
#
# Its processes talk to nobody who does not know the secret in target/cluster/secret; the script eigensweep does.
#
# EIGENSWEEP_CLUSTER       folder for pid files, logs, work folders and the master's URL (default target/cluster)
# EIGENSWEEP_WORKERS       number of workers (default 2)
# EIGENSWEEP_WORKER_MEMORY memory that a worker offers to drivers and executors (default 3g)
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
home=$(dirname "$here")
. "$here/surroundings.sh"
state=${EIGENSWEEP_CLUSTER:-$home/target/cluster}
workers=${EIGENSWEEP_WORKERS:-2}
memory=${EIGENSWEEP_WORKER_MEMORY:-3g}
seconds_to_start=90

say() { printf '%s\n' "$*" >&2; }
die() { say "cluster.sh: $*"; exit 1; }

spark_home() {
  if [ -n "${SPARK_HOME:-}" ]; then printf '%s' "$SPARK_HOME"; return; fi
  "$here/eigensweep" --build-only
  printf '%s' "$home/target/spark"
}

# alive PID: whether it is one of ours; after a reboot the number may be someone else's.
alive() { kill -0 "$1" 2>/dev/null && { [ ! -r "/proc/$1/cmdline" ] || grep -q 'org.apache.spark.deploy' "/proc/$1/cmdline"; }; }
running() { [ -f "$state/$1.pid" ] && alive "$(cat "$state/$1.pid")"; }

# daemon NAME CLASS ARGS...: starts a Spark process of its own session, so that a Ctrl-C does not reach it.
daemon() {
  local name=$1; shift
  # The secret is in the environment, which other users can't read, not on the command line, which they can.
  SPARK_HOME=$spark SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1 SPARK_CONF_DIR=$state/conf \
    _SPARK_AUTH_SECRET=$(cat "$state/secret") \
    setsid "$java" ${java_options[@]+"${java_options[@]}"} -Xmx512m --add-modules=jdk.incubator.vector -XX:+IgnoreUnrecognizedVMOptions \
    --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED \
    --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED \
    -Dspark.worker.cleanup.enabled=true -Dspark.authenticate=true -Dspark.network.crypto.enabled=true \
    -cp "$spark/jars/*" "$@" >"$state/$name.log" 2>&1 </dev/null &
  echo $! >"$state/$name.pid"
  # Until the child has become Java it looks like this script, and not like a process of a cluster.
  while kill -0 $! 2>/dev/null && ! alive $!; do sleep 0.05; done
}

# await WHAT SECONDS COMMAND...: polls until the command succeeds.
await() {
  local what=$1 deadline=$((SECONDS + $2)); shift 2
  until "$@"; do
    if ! running master; then
      tail -n 20 "$state/master.log" >&2 || true
      die "the master has ended; its log is $state/master.log"
    fi
    [ $SECONDS -lt $deadline ] || die "$what did not happen in time; the logs are in $state"
    sleep 0.2
  done
}

master_url() { grep -o 'Starting Spark master at spark://[^ ]*' "$state/master.log" 2>/dev/null | tail -n 1 | grep -o 'spark://[^ ]*$'; }
ui_port() { sed -n "s/.*Successfully started service 'MasterUI' on port \([0-9]*\).*/\1/p" "$state/master.log" 2>/dev/null | tail -n 1; }
has_started() { [ -n "$(master_url)" ] && [ -n "$(ui_port)" ]; }

# How many workers the master sees alive, by its own JSON page.
alive_workers() {
  local port count; port=$(ui_port)
  count=$( (exec 3<>"/dev/tcp/127.0.0.1/$port" && printf 'GET /json/ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3 && timeout 5 cat <&3) 2>/dev/null \
    | sed -n 's/.*"aliveworkers" *: *\([0-9]*\).*/\1/p' | head -n 1)
  printf '%s' "${count:-0}"
}
all_registered() { [ "$(alive_workers)" -ge "$workers" ]; }

start() {
  if running master; then die "a cluster runs already at $(cat "$state/master.url" 2>/dev/null); stop it first"; fi
  spark=$(spark_home)
  rm -rf "$state"
  mkdir -p "$state/conf"
  # Only who can read this file can talk to the cluster's processes.
  (umask 077; od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$state/secret")
  trap 'say "cluster.sh: start failed; stopping what has started"; stop' ERR EXIT
  daemon master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 0 --webui-port 0
  await "the master's start" $seconds_to_start has_started
  local url i; url=$(master_url)
  for ((i = 1; i <= workers; i++)); do
    daemon "worker-$i" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --port 0 --webui-port 0 \
      --cores 1 --memory "$memory" --work-dir "$state/work-$i" "$url"
  done
  await "the registration of $workers workers" $seconds_to_start all_registered
  trap - ERR EXIT
  printf '%s\n' "$url" >"$state/master.url"
  say "master's page: http://127.0.0.1:$(ui_port)"
  printf '%s\n' "$url"
}

stop() {
  trap - ERR EXIT
  local file pid pids=()
  # Workers first: they end their executors and drivers in their shutdown hooks.
  for file in "$state"/worker-*.pid "$state"/master.pid; do
    [ -f "$file" ] || continue
    pid=$(cat "$file")
    if alive "$pid"; then kill "$pid"; pids+=("$pid"); fi
  done
  for pid in "${pids[@]:+${pids[@]}}"; do
    local deadline=$((SECONDS + 20))
    while alive "$pid"; do
      [ $SECONDS -lt $deadline ] || { kill -9 "$pid" 2>/dev/null || true; }
      sleep 0.1
    done
  done
  rm -f "$state"/*.pid "$state/master.url" "$state/secret"
  say "stopped ${#pids[@]} processes"
}

status() {
  local name healthy=0
  [ -f "$state/master.pid" ] || { say "no cluster runs"; return 1; }
  printf '%s\n' "$(master_url)"
  for file in "$state"/*.pid; do
    name=$(basename "$file" .pid)
    if running "$name"; then printf '%-10s running, process %s\n' "$name" "$(cat "$file")"
    else printf '%-10s ended\n' "$name"; healthy=1; fi
  done
  return $healthy
}

case ${1:-} in
  start) start ;;
  stop) stop ;;
  status) status ;;
  *) say "usage: cluster.sh start|stop|status"; exit 2 ;;
esac
