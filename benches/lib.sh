#!/usr/bin/env bash
# What the scripts share; each begins by sourcing it.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")"

root=$(cd .. && pwd)
# Where the workspace's own programs are built, and those that are measured against.
target=${CARGO_TARGET_DIR:-$root/target}
export CARGO_TARGET_DIR=$target/benches
export bin=$CARGO_TARGET_DIR/release

work=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server" 2>/dev/null || true; rm -r "$work"' EXIT

# A proxy of this machine would stand between.
export NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
export AURA_API_KEY=aura_pk_test_local

# What is measured, when and on what.
heading() {
  printf '%s (%s, %s cores, %s)\n' "$1" "$(date +%F)" "$(nproc)" "$(rustc --version | cut -d ' ' -f 1,2)"
}

# Whether a program is there; says what can't be measured without it.
has() {
  command -v "$1" >/dev/null || { echo "not measured: $2; $1 is not installed${3:+ ($3)}" && false; }
}

# One by one: together they would have the features of all.
build() {
  for package; do cargo build --quiet --release --locked --package "$package"; done
}

# By hand with types that keep what they don't name, as aura-client's do: `$work/by_hand_keeping`.
build_keeping() {
  cargo build --quiet --release --locked --package by_hand --features keep_unknown
  mv "$bin/by_hand" "$work/by_hand_keeping"
}

# The programs of `decode`, with aura-client's own reader reachable; elsewhere, since the flag is for
# all of their dependencies. Sets `bin` to where they are.
build_measured() {
  bin=$CARGO_TARGET_DIR/measured/release
  RUSTFLAGS="${RUSTFLAGS:-} --cfg aura_client_measure" \
    cargo build --quiet --release --locked --package decode --target-dir "$CARGO_TARGET_DIR/measured"
}

# Starts a server that prints its URL on its first line.
serve() {
  rm -f "$work/url"
  "$@" >"$work/url" &
  server=$!
  until test -s "$work/url"; do
    kill -0 "$server"
    sleep 0.1
  done
}

# A contract of so many endpoints, five a resource.
synthetic() {
  local resources
  resources=$(seq $(($1 / 5)))
  cat contract/head.yaml
  for number in $resources; do sed "s/NUMBER/$number/g" contract/paths.yaml; done
  cat contract/components.yaml
  for number in $resources; do sed "s/NUMBER/$number/g" contract/schemas.yaml; done
}

# Seconds of processor time of each command, user and system, the mean of rounds that take turns:
# `seconds RUNS PREPARE COMMAND...`, a line each.
seconds() {
  local runs=$1 prepare=$2
  shift 2
  for _ in 1 2 3; do
    hyperfine --style none --shell none --warmup 1 --runs "$runs" --prepare "$prepare" \
      --export-csv "$work/round" "$@" >/dev/null 2>"$work/log" || { cat "$work/log" >&2 && false; }
    awk -F , 'NR > 1 { print NR, $(NF - 3) + $(NF - 2) }' "$work/round"
  done | awk '{ sum[$1] += $2; n[$1]++ } END { for (i = 2; i in sum; i++) printf "%.3f\n", sum[i] / n[i] }'
}

# Peak memory of a command in MB.
peak() {
  /usr/bin/time --format '%M' --output "$work/peak" "$@" >/dev/null
  awk '{ printf "%.1f\n", $1 / 1024 }' "$work/peak"
}

# Instructions of a whole run, in this process alone.
instructions() {
  valgrind --tool=callgrind --callgrind-out-file="$work/callgrind" "$@" >/dev/null 2>"$work/log" ||
    { cat "$work/log" >&2 && false; }
  awk '$1 == "totals:" { print $2 }' "$work/callgrind"
}

# Instructions of each of many runs: `each SHORT LONG COMMAND...`, with how many the last argument of the
# command says. The difference of a long run and a short one leaves out the start.
each() {
  local few=$1 many=$2 short long
  shift 2
  short=$(instructions "$@" "$few")
  long=$(instructions "$@" "$many")
  echo $(((long - short) / (many - few)))
}

# How many times the second is the first, with so many decimals.
ratio() { awk -v one="$1" -v other="$2" -v digits="${3:-2}" 'BEGIN { printf "%." digits "f", one / other }'; }
