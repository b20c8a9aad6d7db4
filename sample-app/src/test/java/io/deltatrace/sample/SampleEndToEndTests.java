package io.deltatrace.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, as users meet it: the walk-through, the README, and an end without warning. */
class SampleEndToEndTests {

    private static final Path ROOT = Path.of(System.getProperty("deltatrace.project.root"));
    private static final Pattern CALL_AND_OUTPUT =
            Pattern.compile("```bash\\n(.*?)```\\s*```json\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    private static final Pattern ADDRESS = Pattern.compile("from [0-9a-f.:]+");

    @TempDir
    private Path directory;

    @Test
    void walkThrough_goesAsItSaysAndCanBeRepeated() throws Exception {
        try (SampleProcess sample = SampleProcess.start(directory)) {
            for (int run = 1; run <= 2; run++) {
                assertThat(outputOf(ROOT.resolve("sample-app/walkthrough.sh").toString(), sample.url()))
                        .endsWith("All as expected.\n");
            }
        }
    }

    @Test
    void callsOfTheReadme_answerWhatItSays() throws Exception {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String section = readme.substring(readme.indexOf("\n## Try it\n"));
        section = section.substring(0, section.indexOf("\n## ", 1));
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();

        // Without the job that merges neighbours, so that revisions are the same each time.
        try (SampleProcess sample = SampleProcess.start(directory, "--sample.neighbours-refresh=1d")) {
            CALL_AND_OUTPUT.matcher(section).results().forEach(example -> {
                String call = example.group(1).replace("http://localhost:8080", sample.url());
                expected.add(example.group(2));
                actual.add(outputOf("bash", sample.url(), "-euo", "pipefail", "-c", call));
            });
        }

        assertThat(expected).hasSizeGreaterThanOrEqualTo(5);
        assertThat(withoutWhatVaries(actual)).isEqualTo(withoutWhatVaries(expected));
    }

    private static String withoutWhatVaries(List<String> outputs) {
        String all = outputs.stream().map(String::strip).collect(Collectors.joining("\n"));
        return ADDRESS.matcher(INSTANT.matcher(all).replaceAll("*")).replaceAll("from *");
    }

    @Test
    void killedInTheMiddleOfWrites_hasEverythingThatWasAcknowledged() throws Exception {
        Corrector corrector;
        try (SampleProcess sample = SampleProcess.start(directory)) {
            corrector = new Corrector(sample);
            corrector.correctUntilKilled();
        }

        try (SampleProcess sample = SampleProcess.start(directory)) {
            corrector.assertAcknowledgedIsIn(sample);
            corrector.assertNothingElseIsIn(sample);
            assertThat(sample.isIntact()).isTrue();
            assertThat(sample.get("auditor", "/actuator/deltatracehistory?actor=country-loader")
                            .get("entries"))
                    .as("The countries were loaded once")
                    .hasSize(1);
        }
    }

    private static String outputOf(String command, String url, String... arguments) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("BASE_URL", url);
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
