package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Carries out the commands of the documents, one after the other in one copy of the project, and sees whether they do what the documents
 * say. That takes minutes, and is done with the profile {@code commands} only.
 *
 * <p>Those that take long are shortened, as {@link BuildCommand#ALL} shows. So {@code mvn -B verify}, {@code mvn verify} and {@code mvn
 * install} run no tests or one here: all tests are what {@code .ci/run} runs, and {@link BuildCommandTests} sees that it does.
 */
class CarriedOutCommandTests {

    @TempDir
    private static Path folder;

    private static Workplace place;

    @BeforeAll
    static void makePlace() throws IOException {
        assertThat(System.getProperty("deltatrace.commands.maven"))
                .as("What the profile sets: run this with -Pcommands")
                .isNotNull();
        Shell.need("bash", "curl", "jq");
        place = Workplace.in(folder);
    }

    static List<BuildCommand> commands() {
        return BuildCommand.ALL;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void command_doesWhatTheDocumentsSay(BuildCommand command) throws Exception {
        command.proof().of(command.line(), place);
    }
}
