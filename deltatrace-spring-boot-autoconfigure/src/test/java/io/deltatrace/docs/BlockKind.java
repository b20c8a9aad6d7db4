package io.deltatrace.docs;

import org.jspecify.annotations.Nullable;

/** What a block of a document is, and so which test takes it. */
enum BlockKind {
    /** A program and what it prints: {@code DocumentationTests} of the core compiles and runs it, and compares. */
    PROGRAM,
    /** Java of {@value #GUIDE}: {@code GettingStartedTests} makes an application of it. */
    APPLICATION,
    /** Other Java: {@code DocumentedExamplesTests} looks for it in tests. */
    EXAMPLE,
    /** Calls of a server: {@code CurlExamplesTests} makes them, those of {@value #GUIDE} {@code GettingStartedTests}. */
    CALLS,
    /** Calls of the sample in {@value #README}, which its own tests make: see {@code CurlExamplesTests}. */
    SAMPLE,
    /** Commands of the build: {@code CarriedOutCommandTests} carries them out. */
    BUILD,
    /** Other commands and what they print: {@code DocumentationTests} of the core runs them, and compares. */
    COMMANDS,
    /** Configuration: {@code ConfigurationExamplesTests} starts an application with it. */
    CONFIGURATION,
    /** A part of a {@code pom.xml}: {@code PomExamplesTests} compares it with those of the project. */
    POM,
    /** A request in JSON: {@code OtherLanguagesTests}. */
    REQUEST,
    /** Python that sends a request: {@code OtherLanguagesTests}. */
    PYTHON,
    /** Dart, which no test can run: {@code OtherLanguagesTests}. */
    DART,
    /** An expression over metrics: {@code NamesInDocumentsTests} looks whether there are such meters. */
    ALERT,
    /** A picture in letters: {@code NamesInDocumentsTests} looks whether there are the types that it names. */
    PICTURE;

    static final String README = "README.md";
    static final String GUIDE = "docs/getting-started.md";

    /** The kind of a block; null if it is of none, and so no test takes it. */
    static @Nullable BlockKind of(DocumentBlock block) {
        return switch (block.language()) {
            case "java" -> ofJava(block);
            case "shell", "bash" -> ofShell(block);
            case "yaml", "properties" -> CONFIGURATION;
            case "xml" -> POM;
            case "json" -> REQUEST;
            case "python" -> PYTHON;
            case "dart" -> DART;
            case "promql" -> ALERT;
            case "" -> PICTURE;
            default -> null;
        };
    }

    private static BlockKind ofJava(DocumentBlock block) {
        if (block.output() != null) {
            return PROGRAM;
        }
        return block.document().equals(GUIDE) ? APPLICATION : EXAMPLE;
    }

    private static @Nullable BlockKind ofShell(DocumentBlock block) {
        if (block.content().contains("curl ")) {
            return block.document().equals(README) ? SAMPLE : CALLS;
        }
        if (block.content().lines().allMatch(line -> line.matches("(mvn |\\.ci/|benchmarks/).*"))) {
            return BUILD;
        }
        return block.output() == null ? null : COMMANDS;
    }
}
