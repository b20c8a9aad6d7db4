package io.deltatrace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process of Java, with the classes of the tests. What it prints as errors goes where those of the tests go. */
public final class TestProcess {

    private TestProcess() {}

    /** Prepares a process that starts quickly. */
    public static ProcessBuilder of(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
