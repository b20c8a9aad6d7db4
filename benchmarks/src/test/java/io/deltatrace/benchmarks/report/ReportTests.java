package io.deltatrace.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTests {

    private static final String JMH = """
            [{"benchmark": "a.b.ReadBenchmark.%s", "params": {"peer": "%s", "users": "%d"},
              "primaryMetric": {"score": 9, "rawData": [[%s]]}}]""";

    @TempDir
    private Path directory;

    private Path document;
    private int files;

    @BeforeEach
    void measure() throws Exception {
        document = directory.resolve("performance.md");
        Files.writeString(document, "before\n" + Report.BEGIN + "\nstale\n" + Report.END + "\nafter\n");
        jmh("lookUp", "PLAIN", 100_000, "0.1, 0.3, 0.2");
        jmh("lookUp", "DOCUMENTS", 10_000, "0.5");
        jmh("lookUp", "DOCUMENTS", 100_000, "0.6");
        jmh("lookUp", "DOCUMENTS", 1_000_000, "1.25");
        jmh("searchOneLast", "PLAIN", 100_000, "100");
        jmh("searchOneLast", "DOCUMENTS", 100_000, "200");
        Results.write(
                directory.resolve("speed.json"),
                List.of(
                        Measurement.of("speed add", Map.of("round", "cold"), 686),
                        Measurement.of("speed add", Map.of("round", "warm"), 10)));
    }

    private void jmh(String benchmark, String peer, int users, String values) throws Exception {
        Files.writeString(directory.resolve("jmh-" + files++ + ".json"), JMH.formatted(benchmark, peer, users, values));
    }

    private String written() throws Exception {
        Report.write(directory, document, 100_000);
        return Files.readString(document);
    }

    @Test
    void prose_stays() throws Exception {
        assertThat(written()).startsWith("before\n").endsWith("\nafter\n").doesNotContain("stale");
    }

    @Test
    void anotherRun_replacesTheResultsOfTheLast() throws Exception {
        assertThat(written()).isEqualTo(written());
    }

    @Test
    void cell_isMedianAndHalfTheRange() throws Exception {
        assertThat(written()).contains("| look-up by indexed id | 0.200 ± 0.100 | 0.600 |");
    }

    @Test
    void target_isMetOrMissedBySoMuch() throws Exception {
        assertThat(written())
                .contains("| look-up by indexed id | DeltaTrace, documents | 0.600 | 3.00 |  | at most 0.3 |"
                        + " **missed**, 2.00 × the target of 0.300 |")
                .contains("| searchOne, no index, last record | DeltaTrace, documents | 200 | 2.00 |  |"
                        + " at most 2 × plain | met |");
    }

    @Test
    void growth_isAFactor() throws Exception {
        assertThat(written())
                .contains("| look-up by indexed id | DeltaTrace, documents | 0.500 | 0.600 | 1.25 | 2.50 |");
    }

    @Test
    void growth_isComparedWithThatOfBareMemory() throws Exception {
        jmh("twoReads", "", 10_000, "0.02");
        jmh("twoReads", "", 1_000_000, "0.2");

        assertThat(written())
                .contains("| two reads, the second from where the first one says | bare memory |"
                        + " 0.020 |  | 0.200 | 10.0 |");
    }

    @Test
    void history_costsWhatExecuteTakesLonger() throws Exception {
        jmh("addOneAlone", "", 100_000, "0.5");
        jmh("addOne", "DOCUMENTS", 100_000, "0.6");

        assertThat(written()).contains("| add one | 0.500 | 0.600 | 20 %, met |");
    }

    @Test
    void history_thatCostsTooMuch_saysSo() throws Exception {
        jmh("addOneAlone", "", 100_000, "0.5");
        jmh("addOne", "DOCUMENTS", 100_000, "0.7");

        assertThat(written()).contains("| add one | 0.500 | 0.700 | 40 %, **missed** |");
    }

    @Test
    void speedTest_isComparedWithTheOriginal() throws Exception {
        assertThat(written())
                .contains("| add | 343 | 686 | 10.0 | met, 34.3 × faster warm; **missed**, 2.00 × the time cold |");
    }

    @Test
    void whatWasNotMeasured_hasNoTable() throws Exception {
        assertThat(written()).doesNotContain("Writes per second").doesNotContain("Opening");
    }

    @Test
    void plot_hasADotForEachMeasurementAndOneInTheLegendForEachPeer() throws Exception {
        written();

        assertThat(Files.readString(directory.resolve("performance.svg")).split("<circle", -1))
                .hasSize(1 + 4 + 2);
    }

    @Test
    void documentWithoutMarkers_isRefused() throws Exception {
        Files.writeString(document, "nothing");

        assertThatIllegalArgumentException().isThrownBy(this::written).withMessageContaining(Report.BEGIN);
    }
}
