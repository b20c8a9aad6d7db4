package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A copy of the project, as it is after a clone, in which commands are carried out by bash, with the Maven and the JDK of the surrounding
 * build. What they install does not get into the user's local repository: theirs is one of links to the content of that, but for our own
 * group. That and what they print is in {@code target/commands}.
 */
final class Workplace {

    private static final Path HERE = Path.of("target", "commands").toAbsolutePath();
    private static final Path REPOSITORY = HERE.resolve("repository");
    private static final Set<String> NOT_CLONED = Set.of("target", ".git", ".idea");
    private static final Path DATA_OF_THE_SAMPLE = DocumentBlock.ROOT.resolve("sample-app/data");
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>deltatrace</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern STARTED =
            Pattern.compile("Tomcat started on port (\\d+).*Started \\w+Application in", Pattern.DOTALL);
    /** How many characters of a failure are shown. */
    private static final int TAIL = 3_000;

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** What is done with a server on a port. */
    @FunctionalInterface
    interface Calls {
        void make(int port) throws Exception;
    }

    private final Path folder;
    private final Path project;
    private int commands;

    private Workplace(Path folder) {
        this.folder = folder;
        this.project = folder.resolve("deltatrace");
    }

    static Workplace in(Path folder) throws IOException {
        Workplace place = new Workplace(folder);
        FileSystemUtils.deleteRecursively(HERE);
        linkRepository(Path.of(System.getProperty("deltatrace.commands.repository")));
        copy(DocumentBlock.ROOT, place.project);
        configureMaven(place.project);
        // If the test itself is ended from outside, nothing that it has started stays.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
        return place;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (NOT_CLONED.contains(String.valueOf(directory.getFileName()))
                        || directory.equals(DATA_OF_THE_SAMPLE)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void linkRepository(Path real) throws IOException {
        Files.createDirectories(REPOSITORY.resolve("io"));
        link(real, REPOSITORY, "io");
        link(real.resolve("io"), REPOSITORY.resolve("io"), "deltatrace");
    }

    private static void link(Path from, Path to, String butFor) throws IOException {
        try (Stream<Path> content = Files.list(from)) {
            for (Path each : content.filter(path -> !path.endsWith(butFor)).toList()) {
                Files.createSymbolicLink(to.resolve(each.getFileName()), each);
            }
        }
    }

    /** By the file that Maven reads beside a project, so that the commands stay as they are. */
    private static void configureMaven(Path where) throws IOException {
        String offline = System.getProperty("deltatrace.commands.network").endsWith("true") ? "-o\n" : "";
        Files.createDirectories(where.resolve(".mvn"));
        Files.writeString(
                where.resolve(".mvn/maven.config"), "-B\n-ntp\n" + offline + "-Dmaven.repo.local=" + REPOSITORY + "\n");
    }

    /** The copy. */
    Path project() {
        return project;
    }

    String version() {
        Matcher version = VERSION.matcher(DocumentBlock.read("pom.xml"));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    /** A folder beside the copy, for a project of a user. */
    Path newProject(String name) throws IOException {
        Path created = Files.createDirectory(folder.resolve(name));
        configureMaven(created);
        return created;
    }

    /** Where what commands install is. */
    Path installed() {
        return REPOSITORY.resolve("io/deltatrace");
    }

    void forgetInstalled() throws IOException {
        FileSystemUtils.deleteRecursively(installed());
    }

    /** Carries a command out in the copy. It has to succeed; answers what it printed. */
    String run(String line) throws IOException, InterruptedException {
        Path log = log(line);
        Process process = start(project, line, log);
        try {
            boolean ended = process.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES);
            assertThat(ended).as("%s ends; see %s", line, log).isTrue();
            String said = Files.readString(log);
            assertThat(process.exitValue())
                    .as("%s\n%s\nAll of it is in %s", line, said.substring(Math.max(0, said.length() - TAIL)), log)
                    .isZero();
            return said;
        } finally {
            end(process);
        }
    }

    /** Carries a command out that starts a server, and ends it after the calls. */
    void serve(Path where, String line, Calls calls) throws Exception {
        Path log = log(line);
        Process process = start(where, line, log);
        try {
            calls.make(port(process, log));
        } finally {
            end(process);
        }
    }

    private static int port(Process process, Path log) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            String said = Files.readString(log);
            Matcher started = STARTED.matcher(said);
            if (started.find()) {
                return Integer.parseInt(started.group(1));
            }
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new AssertionError("No server has started; see " + log);
            }
            Thread.sleep(100);
        }
    }

    private Path log(String line) {
        String words = line.replaceAll("[^A-Za-z0-9]+", "-");
        return HERE.resolve(String.format("%02d-%.80s.log", ++commands, words));
    }

    private static Process start(Path where, String line, Path log) throws IOException {
        String java = System.getProperty("java.home");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", line)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", java);
        environment.merge(
                "PATH",
                String.join(
                        File.pathSeparator, System.getProperty("deltatrace.commands.maven") + "/bin", java + "/bin"),
                (path, first) -> first + File.pathSeparator + path);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** Whatever it is that the command has started. */
    private static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        for (ProcessHandle each : all) {
            each.onExit()
                    .completeOnTimeout(each, 30, TimeUnit.SECONDS)
                    .thenAccept(ProcessHandle::destroyForcibly)
                    .join();
        }
    }
}
