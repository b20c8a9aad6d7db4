package io.deltatrace.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.storage.Durability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a {@link StoppingProcess} told of its work, and what must be left of it. */
record FixedWork(
        Path directory, Durability durability, List<Long> submitted, List<Long> acknowledged, String lastWord) {

    /** Lets the process work until it ends, or kills it when it has stopped. */
    static FixedWork of(Path directory, Durability durability, ProcessBuilder builder)
            throws IOException, InterruptedException {
        List<Long> submitted = new ArrayList<>();
        List<Long> acknowledged = new ArrayList<>();
        String lastWord = "";
        Process process = builder.start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                switch (line.charAt(0)) {
                    case '+' -> submitted.add(Long.valueOf(line.substring(2)));
                    case '=' -> acknowledged.add(Long.valueOf(line.substring(2)));
                    default -> lastWord = line;
                }
                if (lastWord.equals(StoppingProcess.STOPPED)) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        return new FixedWork(directory, durability, submitted, acknowledged, lastWord);
    }

    /** Makes sure that everything acknowledged is there, nothing that was not submitted, and nothing in part. */
    void assertRecovers(String description) {
        StorageOptions options = Opened.options(durability, true);
        List<Long> recovered;
        try (Opened reopened = new Opened(FaultyDisk.sound(), directory, options)) {
            recovered = reopened.ids().stream().filter(id -> id > 0).toList();
            assertThat(recovered).as(description).isSubsetOf(submitted).containsAll(acknowledged);
            assertThat(reopened.ids().stream().filter(id -> id < 0))
                    .as("all of a transaction or nothing, %s", description)
                    .hasSize((int) recovered.stream().filter(id -> id % 3 == 0).count());
            assertThat(reopened.log().oldestState())
                    .isLessThanOrEqualTo(StoppingProcess.ROWS - 2 - StoppingProcess.RETAINED);
            reopened.assertReadable();
            reopened.execute(Opened.add(100));
        }
        try (Opened again = new Opened(FaultyDisk.sound(), directory, options)) {
            assertThat(again.ids()).containsAll(recovered).endsWith(100L);
        }
    }
}
