package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process with little memory uses a database for as many seconds as the system property {@value #SECONDS} says, and needs no
 * more of anything at the end than it did at the beginning.
 */
class SoakTests {

    private static final String SECONDS = "deltatrace.soak.seconds";
    private static final int TIME = Integer.getInteger(SECONDS, 4);
    private static final int LONG_ENOUGH_FOR_MEMORY = 60;

    /** Of the journal that is retained, of its indexes and snapshots, with those that are being made and given up. */
    private static final int MOST_FILES = 120;

    /** The journal, the lock, and what the readers of the past and the background have open just then. */
    private static final int MOST_HANDLES = 20;

    private static final int STORAGE_THREADS = 2;

    /** A line of the table. */
    private record Row(double heap, double files, double handles, double threads, double revision) {

        static Row of(String line) {
            String[] cells = line.substring(SoakProcess.ROW.length()).split(" \\| ?");
            return new Row(
                    number(cells, 13), number(cells, 14), number(cells, 16), number(cells, 17), number(cells, 18));
        }

        private static double number(String[] cells, int column) {
            return Double.parseDouble(cells[column]);
        }
    }

    @TempDir
    private Path directory;

    @Test
    void longUse_needsNoMoreOfAnything() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SoakProcess.class.getName(),
                        directory.toString(),
                        String.valueOf(TIME))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                System.out.println(line);
                lines.add(line);
            }
        }
        assertThat(process.waitFor()).isZero();
        assertThat(lines.get(lines.size() - 1)).matches("left open: (0|-1), left running: 0");
        List<Row> rows = lines.stream()
                .filter(line -> line.matches("\\| \\d.*"))
                .map(Row::of)
                .toList();
        assertThat(rows).hasSize(SoakProcess.WINDOWS).allSatisfy(row -> {
            assertThat(row.files()).isBetween(1.0, (double) MOST_FILES);
            assertThat(row.handles()).isLessThanOrEqualTo(MOST_HANDLES);
            assertThat(row.threads()).isEqualTo(STORAGE_THREADS);
        });
        assertThat(rows).extracting(Row::revision).isSorted();
        assertThat(rows.get(rows.size() - 1).revision())
                .isGreaterThan(rows.get(0).revision());
        if (TIME >= LONG_ENOUGH_FOR_MEMORY) {
            assertThat(rows).extracting(Row::revision).doesNotHaveDuplicates();
            // The first third is for warming up.
            int third = SoakProcess.WINDOWS / 3;
            double before = mean(rows.subList(third, 2 * third), Row::heap);
            assertThat(mean(rows.subList(2 * third, rows.size()), Row::heap)).isLessThan(before * 1.2 + 1);
        }
    }

    private static double mean(List<Row> rows, ToDoubleFunction<Row> value) {
        return rows.stream().mapToDouble(value).average().orElseThrow();
    }
}
