package io.deltatrace.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The class path of the tests, for what has to run or to be compiled apart from them. */
public final class ClassPath {

    private ClassPath() {}

    /** The class path with a folder before it. */
    public static String with(Path folder) {
        return folder
                + File.pathSeparator
                + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Copies a class and those in it from the class path to a folder. */
    public static Path copy(Class<?> type, Path folder) throws IOException {
        Path packageFolder = folder.resolve(type.getPackageName().replace('.', '/'));
        Files.createDirectories(packageFolder);
        Path source;
        try {
            source = Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve(folder.relativize(packageFolder));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.filter(
                            file -> file.getFileName().toString().matches(type.getSimpleName() + "(\\$.*)?\\.class"))
                    .toList()) {
                Files.copy(file, packageFolder.resolve(file.getFileName()));
            }
        }
        return packageFolder.resolve(type.getSimpleName() + ".class");
    }

    /** Compiles all sources of a folder to a folder. */
    public static void compile(Path sources, Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--release", "17", "-proc:none", "-parameters", "-cp", with(classes), "-d", classes.toString()));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, errors, arguments.toArray(new String[0]));
        assertThat(status).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    }

    /**
     * Starts a process with the class path and a folder before it; what it says to both outputs can be read as one. It has five
     * minutes.
     */
    public static Process start(Path folder, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", with(folder)));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // Who reads what a process says waits for its end, and no timeout of a test interrupts that.
        CompletableFuture.delayedExecutor(5, TimeUnit.MINUTES).execute(process::destroyForcibly);
        return process;
    }

    /** Runs a process to its end, and answers what it has said. */
    public static String run(int expectedStatus, Path folder, List<String> arguments)
            throws IOException, InterruptedException {
        Process process = start(folder, arguments);
        try (InputStream output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isEqualTo(expectedStatus);
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
