#!/bin/sh
# Times the workloads of `adjoint bench` on Adjoint and on its peers (libtorch, DJL, DL4J), one after the other in turns, and
# prints the table of ratios in Markdown.
#
#   bench/peers/run.sh                         everything, three rounds: about 40 minutes
#   bench/peers/run.sh --quick lenet gpt       two workloads, one short round
#   bench/peers/run.sh --rounds 5 --systems adjoint,libtorch mlp
#
# Everything comes from Maven Central (about 500 MB, once); what is built lies in bench/peers/*/target.
set -eu

self=$(cd "$(dirname "$0")" && pwd -P)
root=$(cd "$self/../.." && pwd -P)
. "$root/.mvn/find-jdk.sh"
if ! find_jdk; then
  no_jdk_message
  exit 1
fi

if [ ! -d "$self/dl4j/target/lib" ] || [ -n "$(find "$self" -path '*/src/*' -newer "$self/dl4j/target/lib" -name '*.java' | head -n 1)" ]; then
  echo "Building the peers (first use downloads about 500 MB) ..." >&2
  "$root/mvnw" -B -q -ntp -f "$self/pom.xml" package >&2
  touch "$self/dl4j/target/lib"
fi
"$root/adjoint" --version >/dev/null # builds Adjoint if its sources have changed

exec "$JDK/bin/java" -Droot="$root" "$self/Compare.java" "$@"
