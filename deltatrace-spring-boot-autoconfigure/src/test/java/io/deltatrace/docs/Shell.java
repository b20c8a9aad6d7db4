package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Runs the commands of documents in a folder, with the server that they call on a port of its own. */
record Shell(Path folder, int port) {

    /** What is another one each time: instants, hashes, identifiers, durations, and how many bytes something has. */
    private static final Pattern CHANGING = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z"
            + "|\\b[0-9a-f]{64}\\b|(?<=\"(requestId|traceId|spanId)\":\")[^\"]+|(?<=[bB]ytes\":)\\d+");

    /** A test that needs tools of the machine is skipped, and says so, where they are not there. */
    static void need(String... tools) {
        List<String> path = List.of(System.getenv("PATH").split(File.pathSeparator));
        assertThat(tools).isNotEmpty();
        assumeTrue(
                Arrays.stream(tools)
                        .allMatch(tool -> path.stream().anyMatch(in -> Files.isExecutable(Path.of(in, tool)))),
                "Skipped: not all of " + List.of(tools) + " are on this machine");
    }

    /** Runs the commands of a block, and compares what they print with what the document says. */
    void assertDoes(DocumentBlock block) throws IOException, InterruptedException {
        String printed = run(block.content());
        assertThat(normalised(printed))
                .as(block.place())
                .isEqualTo(normalised(block.output() == null ? "" : block.output()));
    }

    private String run(String script) throws IOException, InterruptedException {
        return run(script, "bash", "-euo", "pipefail", "-c", onPort(script));
    }

    /** Runs a program, which has to succeed. */
    String run(String what, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(what + "\n" + output).isZero();
        return output;
    }

    String onPort(String script) {
        return script.replace("localhost:8080", "127.0.0.1:" + port);
    }

    private static String normalised(String output) {
        return CHANGING.matcher(output).replaceAll("*").strip();
    }
}
