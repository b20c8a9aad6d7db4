#!/usr/bin/env bash
# Runs the JMH benchmarks whose names match the arguments, or all. JMH's own options can be given too.
set -euo pipefail
cd "$(dirname "$0")/.."

mvn -B -q -ntp -pl benchmarks -am package -Dmaven.test.skip=true -Djacoco.skip
exec java -cp "benchmarks/target/classes:$(cat benchmarks/target/classpath)" org.openjdk.jmh.Main "$@"
