package io.deltatrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes where a journal belongs: what is opened of a journal that was changed is a state that it once had, or nothing. */
@ExtendWith(JazzerCondition.class)
class JournalFuzzTests {

    @TempDir
    private static Path temporary;

    static Stream<byte[]> journals() {
        byte[] journal = FuzzedFiles.journal();
        return Stream.of(1.0, 0.99, 0.75, 0.5, 0.1).map(part -> Arrays.copyOf(journal, (int) (journal.length * part)));
    }

    @Timeout(60)
    @MethodSource("journals")
    @FuzzTest
    void journal_isRefused_orLeadsToAStateThatWas(byte[] input) throws IOException {
        FuzzedFiles files = new FuzzedFiles(temporary.resolve("database"));
        files.write(input, null, 0);

        String found = files.openEveryWay();

        if (found != null) {
            assertThat(FuzzedFiles.states()).contains(found);
        }
    }
}
