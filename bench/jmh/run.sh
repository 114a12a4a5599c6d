#!/bin/sh
# Builds the microbenchmarks and runs them; arguments are JMH's own.
#
#   bench/jmh/run.sh                            all, about ten minutes
#   bench/jmh/run.sh Products -p size=512       one class, one size
#   bench/jmh/run.sh -l                         what there is
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd -P)
. "$root/.mvn/find-jdk.sh"
if ! find_jdk; then
  no_jdk_message
  exit 1
fi
"$root/mvnw" -B -q -ntp -f "$root/pom.xml" -Pjmh -pl bench/jmh -am -Dmaven.test.skip=true -Dspotless.check.skip=true package >&2
exec "$JDK/bin/java" --enable-native-access=ALL-UNNAMED ${ADJOINT_JAVA_OPTS-} \
  -cp "$root/bench/jmh/target/classes:$root/bench/jmh/target/lib/*" org.openjdk.jmh.Main "$@"
