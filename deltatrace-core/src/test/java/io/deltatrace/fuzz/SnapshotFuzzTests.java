package io.deltatrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Any content where a stored state belongs, beside a journal that is good: it never changes what is in the database. */
@ExtendWith(JazzerCondition.class)
class SnapshotFuzzTests {

    @TempDir
    private static Path temporary;

    static Stream<byte[]> snapshots() {
        return Stream.of(FuzzedFiles.snapshot());
    }

    @Timeout(60)
    @MethodSource("snapshots")
    @FuzzTest
    void storedState_isThatOfTheJournal_orNotUsed(byte[] input) throws IOException {
        assertHarmless(compressed(input));
        assertHarmless(input);
    }

    private static void assertHarmless(byte[] snapshot) throws IOException {
        FuzzedFiles files = new FuzzedFiles(temporary.resolve("database"));
        files.write(FuzzedFiles.journal(), snapshot, FuzzedFiles.states().size() - 1L);

        String found = files.openEveryWay();

        // A state that is whole and says that it belongs to another history is not passed over.
        if (found != null) {
            assertThat(found)
                    .isEqualTo(FuzzedFiles.states().get(FuzzedFiles.states().size() - 1));
        }
    }

    private static byte[] compressed(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
