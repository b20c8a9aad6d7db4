#!/usr/bin/env bash
# Measures DeltaTrace beside its peers and writes the tables and the plot of docs/performance.md: without arguments in less than
# ten minutes, with --full in about an hour, with all peers and from 10,000 to 1,000,000 records. The machine must have
# nothing else to do. Other arguments go to JMH as they are: names of benchmarks, and its options; nothing is written then.
#
# BENCHMARK_USERS is the number of records, 100000 if it is not set. With fewer it is a trial, of minutes: all is done once, in
# one JVM, and what is written says nothing about speed.
#
# No peer needs --add-opens: CQEngine's attributes are classes here, and it only asks for that when they are lambdas.
set -euo pipefail
cd "$(dirname "$0")/.."

full=false
if [ "${1:-}" = "--full" ]; then
  full=true
  shift
fi

mvn -B -q -ntp -pl benchmarks -am package -Dmaven.test.skip=true -Dmaven.javadoc.skip -Djacoco.skip
classpath="benchmarks/target/classes:$(cat benchmarks/target/classpath)"
if [ $# -gt 0 ]; then
  exec java -cp "$classpath" org.openjdk.jmh.Main "$@"
fi

results=benchmarks/target/results
users=${BENCHMARK_USERS:-100000}
rm -rf "$results"
java -cp "$classpath" io.deltatrace.benchmarks.BenchmarkRun "$full" "$results" "$users"
java -cp "$classpath" io.deltatrace.benchmarks.report.Report "$results" docs/performance.md "$users"
echo "docs/performance.md has the results"
