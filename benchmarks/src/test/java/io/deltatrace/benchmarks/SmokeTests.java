package io.deltatrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark once, with little data, so that they go on working; how long they take says nothing. */
class SmokeTests {

    @TempDir
    private Path directory;

    @AfterEach
    void forgetDirectory() {
        System.clearProperty(HistoryBenchmark.DIRECTORY);
    }

    @Test
    void everyBenchmark_runsWithEveryPeer() throws Exception {
        System.setProperty(HistoryBenchmark.DIRECTORY, directory.toString());
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(1))
                        .param("users", "1000")
                        .param("entities", "1000")
                        .param("entries", "2000")
                        .param("items", "200")
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();

        assertThat(results.stream().map(RunResult::getParams).map(BenchmarkParams::getBenchmark))
                .containsAll(allBenchmarks());
        assertThat(results)
                .allSatisfy(
                        each -> assertThat(each.getPrimaryResult().getScore()).isPositive());
    }

    private static Set<String> allBenchmarks() {
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .stream()
                .map(BenchmarkListEntry::getUsername)
                .collect(Collectors.toSet());
    }

    @Test
    void theSpeedTest_timesWhatTheOriginalTimes() throws Exception {
        assertThat(SpeedTest.run(1_000, 2))
                .containsOnlyKeys(
                        "add",
                        "getAll",
                        "save",
                        "load",
                        "search",
                        "paging",
                        "searchOne",
                        "update",
                        "updateOne",
                        "conform",
                        "delete",
                        "deleteOne",
                        "add with serial")
                .allSatisfy((operation, rounds) -> assertThat(rounds).containsOnlyKeys("cold", "warm"));
    }
}
