#!/usr/bin/env bash
# From a fresh clone to a comparison table: builds, sweeps jobs/quickstart.yaml on this machine, aggregates, asks SQL.
# Needs JDK 17 or later, Maven and git; a few minutes on two cores. A second run trains nothing.
#
#   quickstart.sh [OUT]      OUT: folder of the sweep (default target/quickstart)
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
home=$(dirname "$here")
. "$here/surroundings.sh"
out=${1:-$home/target/quickstart}
eigensweep=$here/eigensweep

step() { printf '\n== %s\n' "$*" >&2; }

step "sweep jobs/quickstart.yaml into $out"
"$eigensweep" sweep "$home/jobs/quickstart.yaml" --out "$out"
step "aggregate: tables and report"
"$eigensweep" aggregate --out "$out"
query="SELECT encoding, count(*) AS trials, round(avg(psnr), 2) AS psnr, round(min(ms_ssim), 3) AS worst_ms_ssim,
       count_if(lambda_min_resolved) AS resolved FROM trials GROUP BY encoding ORDER BY psnr"
step "sql: $query"
"$eigensweep" sql --out "$out" "$query"
step "report: $out/report/index.html   tables: $out/tables"
