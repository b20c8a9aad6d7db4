package io.deltatrace.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.deltatrace.internal.engine.ChainedLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any lines where those of a journal belong, with the hashes that make a chain of them: what the chain cannot find out is refused by
 * whoever reads or repeats the entries, or it is in order.
 */
@ExtendWith(JazzerCondition.class)
class LinkedJournalFuzzTests {

    @TempDir
    private static Path temporary;

    static Stream<byte[]> contents() {
        String journal = new String(FuzzedFiles.journal(), StandardCharsets.UTF_8);
        String[] lines = journal.replaceAll(",\"prev\":\"[0-9a-f]*\",\"hash\":\"[0-9a-f]*\"}", "}")
                .split("\n");
        return Stream.of(1, 2, 5, lines.length)
                .map(count -> Arrays.stream(lines)
                        .limit(count)
                        .collect(Collectors.joining("\n"))
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Timeout(60)
    @MethodSource("contents")
    @FuzzTest
    void chainOfAnything_isRefused_orInOrder(byte[] input) throws IOException {
        FuzzedFiles files = new FuzzedFiles(temporary.resolve("database"));
        files.write(linked(input), null, 0);

        files.openEveryWay();
    }

    /** Each line loses its closing brace and gets the two members that every line ends with. */
    private static byte[] linked(byte[] lines) {
        MessageDigest digest = ChainedLine.digest();
        ByteArrayOutputStream journal = new ByteArrayOutputStream();
        String previous = "0".repeat(64);
        int start = 0;
        while (start < lines.length) {
            int end = start;
            while (end < lines.length && lines[end] != '\n') {
                end++;
            }
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            line.write(lines, start, Math.max(0, end - start - 1));
            line.writeBytes((",\"prev\":\"" + previous + "\"").getBytes(StandardCharsets.UTF_8));
            journal.writeBytes(line.toByteArray());
            digest.update(line.toByteArray());
            previous = HexFormat.of().formatHex(digest.digest(new byte[] {'}'}));
            journal.writeBytes((",\"hash\":\"" + previous + "\"}\n").getBytes(StandardCharsets.UTF_8));
            start = end + 1;
        }
        return journal.toByteArray();
    }
}
