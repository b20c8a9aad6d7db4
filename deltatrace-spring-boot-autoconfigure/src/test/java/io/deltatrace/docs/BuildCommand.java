package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command that the documents name, and how a test carries it out: in their words, with what stands before and after them. What is added
 * makes an hour a few seconds, or lets a server choose its port; it is all in {@link #ALL}, and nothing else is changed.
 *
 * @param words as in the documents
 * @param before variables of the environment
 * @param after options, of which the last counts if the words have the same one
 * @param proof carries it out, and sees whether it has done what the documents say
 */
record BuildCommand(String words, String before, String after, Proof proof) {

    /** Carries a line out in a workplace, and looks at what came of it. */
    @FunctionalInterface
    interface Proof {
        void of(String line, Workplace place) throws Exception;
    }

    private static final String WALK_THROUGH = "sample-app/walkthrough.sh";
    private static final String WITHOUT_TESTS = "-DskipTests";
    private static final String ONLY_THE_KILL =
            "-Dit.test=SampleEndToEndTests#killed* -Dtest=NoUnitTests -Dsurefire.failIfNoSpecifiedTests=false -Djacoco.skip -Dmaven.javadoc.skip";
    /** JMH lets only one of itself run on a machine; nobody looks at times here. */
    private static final String BESIDE_OTHERS = "JAVA_TOOL_OPTIONS=-Djmh.ignoreLock=true";

    private static final String ALL_PASSED = "Failures: 0, Errors: 0, Skipped: 0,";
    private static final String ONCE = "-f 0 -wi 0 -i 1 -r 1ms -foe true";
    /** Of a module in which little is compiled again for it. */
    private static final String FORMATTED =
            "deltatrace-spring-boot-starter/src/test/java/io/deltatrace/starter/StarterTests.java";

    private static final Path CASES = Path.of("deltatrace-core/src/test/resources/conformance/cases.ndjson.gz");
    private static final List<String> PUBLISHED = List.of(
            "deltatrace-core",
            "deltatrace-spring-boot-autoconfigure",
            "deltatrace-spring-boot-starter",
            "deltatrace-spring-boot-test");

    /** In an order in which little is compiled twice, and in which no coverage of few tests is taken for that of all. */
    static final List<BuildCommand> ALL = List.of(
            command("mvn -B install -DskipTests", "-Dmaven.javadoc.skip", BuildCommand::installs),
            new BuildCommand("mvn spring-boot:run", "SERVER_PORT=0", "", BuildCommand::servesTheGuide),
            command("mvn -B verify", WITHOUT_TESTS, BuildCommand::packages),
            command("mvn install", WITHOUT_TESTS + " -Dmaven.javadoc.skip", BuildCommand::installs),
            command("mvn spotless:apply", "", BuildCommand::formats),
            new BuildCommand(
                    "mvn -pl sample-app -am spring-boot:run", "SERVER_PORT=0", "", BuildCommand::servesTheSample),
            command(
                    "mvn -B verify -pl sample-app -am -Dit.test=SampleEndToEndTests",
                    ONLY_THE_KILL,
                    tests("SampleEndToEndTests")),
            command("mvn -pl deltatrace-core test -Dtest=RowsTests", "", tests("RowsTests")),
            command(
                    "mvn verify",
                    "-pl deltatrace-core -Dtest=RowsTests -Djacoco.haltOnFailure=false -Dmaven.javadoc.skip",
                    BuildCommand::reportsCoverage),
            command(
                    "mvn -pl deltatrace-spring-boot-autoconfigure -am test -Dtest=CurlExamplesTests"
                            + " -Dsurefire.failIfNoSpecifiedTests=false",
                    "",
                    tests("CurlExamplesTests")),
            command(
                    "mvn -pl deltatrace-core test -Dtest=ConformanceTests -Ddeltatrace.conformance=DIR",
                    "",
                    BuildCommand::runsTheCasesOfADirectory),
            command(
                    "mvn -pl deltatrace-core -Pcrash test",
                    "-Ddeltatrace.crash.kills=3 -Ddeltatrace.crash.step=200",
                    testsSaying("ALWAYS: 3 kills survived", "CrashTests", "KillEveryOperationTests")),
            command(
                    "mvn -pl deltatrace-core -Psimulation test",
                    "-Ddeltatrace.simulation.seeds=5",
                    testsSaying("5 seeds from 1:", "SimulationTests")),
            command(
                    "mvn -pl deltatrace-core test -Dtest=SimulationTests -Ddeltatrace.simulation.first=1335"
                            + " -Ddeltatrace.simulation.seeds=1",
                    "",
                    testsSaying("1 seeds from 1335:", "SimulationTests")),
            command(
                    "mvn -pl deltatrace-core -Pfuzz test -Dfuzz.duration=10m",
                    "-Dfuzz.duration=2s -Dtest=RegexFuzzTests",
                    testsSaying("Instrumented io.deltatrace.", "RegexFuzzTests")),
            command(
                    "mvn -pl deltatrace-core -Psoak test",
                    "-Ddeltatrace.soak.seconds=2",
                    testsSaying("left open: 0", "SoakTests")),
            new BuildCommand("benchmarks/run.sh", BESIDE_OTHERS + " BENCHMARK_USERS=2000", "", BuildCommand::measures),
            new BuildCommand(
                    "benchmarks/run.sh --full",
                    BESIDE_OTHERS + " BENCHMARK_USERS=2000",
                    "",
                    BuildCommand::measuresGrowth),
            new BuildCommand(
                    "benchmarks/run.sh HistoryBenchmark",
                    BESIDE_OTHERS,
                    ONCE + " -p entries=2000 -p items=200",
                    benchmarks("HistoryBenchmark.open", "HistoryBenchmark.verify")),
            new BuildCommand(
                    "benchmarks/run.sh ReadBenchmark.lookUp -p peer=H2,DOCUMENTS",
                    BESIDE_OTHERS,
                    ONCE + " -p users=1000",
                    benchmarks("ReadBenchmark.lookUp +H2", "ReadBenchmark.lookUp +DOCUMENTS")));

    /** Those that are not carried out on their own, and why. */
    static final Map<String, String> ELSEWHERE = Map.of(
            WALK_THROUGH,
            "needs the sample, and is a part of its command",
            ".ci/run",
            "is two runs of the build, with all tests",
            "mvn -pl deltatrace-spring-boot-autoconfigure -am -Pcommands test",
            "is what carries the commands out");

    private static BuildCommand command(String words, String after, Proof proof) {
        return new BuildCommand(words, "", after, proof);
    }

    /** What is typed. */
    String line() {
        return Stream.of(before, words, after).filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return line();
    }

    private static Proof tests(String... classes) {
        return testsSaying("", classes);
    }

    private static Proof testsSaying(String text, String... classes) {
        return (line, place) -> {
            String said = place.run(line);
            assertThat(said).contains(text);
            for (String type : classes) {
                assertThat(said).containsPattern("Tests run: [1-9][0-9]*, " + ALL_PASSED + " .*\\." + type);
            }
        };
    }

    private static Proof benchmarks(String... results) {
        return (line, place) -> {
            String said = place.run(line);
            for (String result : results) {
                assertThat(said).containsPattern("(?m)^" + result + " .* [0-9.]+ +(us|ms)/op$");
            }
        };
    }

    private static void installs(String line, Workplace place) throws Exception {
        place.forgetInstalled();
        place.run(line);
        String version = place.version();
        for (String module : PUBLISHED) {
            assertThat(place.installed().resolve(module).resolve(version))
                    .isDirectoryContaining("glob:**/" + module + "-" + version + ".jar");
        }
    }

    private static void packages(String line, Workplace place) throws Exception {
        place.run(line);
        for (String module : PUBLISHED) {
            assertHasLicence(place, module, "");
            assertHasLicence(place, module, "-sources");
            if (!module.endsWith("-starter")) {
                assertHasLicence(place, module, "-javadoc");
            }
        }
    }

    private static void assertHasLicence(Workplace place, String module, String classifier) throws IOException {
        Path jar = place.project().resolve(module + "/target/" + module + "-" + place.version() + classifier + ".jar");
        try (JarFile opened = new JarFile(jar.toFile())) {
            assertThat(opened.getEntry("META-INF/LICENSE")).as(jar.toString()).isNotNull();
            assertThat(opened.getEntry("META-INF/NOTICE")).as(jar.toString()).isNotNull();
        }
    }

    private static void formats(String line, Workplace place) throws Exception {
        Path source = place.project().resolve(FORMATTED);
        String formatted = Files.readString(source);
        Files.writeString(source, formatted.replace("\n    ", "\n  "));
        assertThat(source).content().isNotEqualTo(formatted);

        place.run(line);

        assertThat(source).content().isEqualTo(formatted);
    }

    private static void servesTheGuide(String line, Workplace place) throws Exception {
        Path folder = place.newProject("prices");
        Guide guide = Guide.writtenTo(folder);
        for (Collection<DocumentBlock> calls : List.of(guide.calls(), guide.callsAfterRestart())) {
            place.serve(folder, line, port -> {
                for (DocumentBlock block : calls) {
                    new Shell(folder, port).assertDoes(block);
                }
            });
        }
    }

    private static void servesTheSample(String line, Workplace place) throws Exception {
        place.serve(
                place.project(),
                line,
                port -> assertThat(place.run("BASE_URL=http://localhost:" + port + " " + WALK_THROUGH))
                        .endsWith("All as expected.\n"));
    }

    private static void reportsCoverage(String line, Workplace place) throws Exception {
        place.run(line);
        assertThat(place.project().resolve("deltatrace-core/target/site/jacoco/index.html"))
                .content()
                .contains("io.deltatrace.internal.engine");
    }

    /** A directory that is called so. */
    private static void runsTheCasesOfADirectory(String line, Workplace place) throws Exception {
        Path directory = Files.createDirectory(place.project().resolve("deltatrace-core/DIR"));
        Files.copy(place.project().resolve(CASES), directory.resolve("once.ndjson.gz"));
        Files.copy(place.project().resolve(CASES), directory.resolve("again.ndjson.gz"));
        assertThat(place.run(line)).containsPattern("conformance: 2994 passed, 0 failed");
    }

    private static void measures(String line, Workplace place) throws Exception {
        assertThat(measured(line, place))
                .contains("### Targets, 2,000 records", "### Opening and looking back", "### Writes per second")
                .doesNotContain("### Growth");
    }

    private static void measuresGrowth(String line, Workplace place) throws Exception {
        assertThat(measured(line, place))
                .contains("### Beside its peers, 20,000 records", "### Growth", "Nitrite", "speed test, 2,000 records");
    }

    /** The results that a run has written into the copy. */
    private static String measured(String line, Workplace place) throws Exception {
        assertThat(place.run(line)).endsWith("docs/performance.md has the results\n");
        String document = Files.readString(place.project().resolve("docs/performance.md"));
        return document.substring(document.indexOf("<!-- results:begin -->"));
    }
}
