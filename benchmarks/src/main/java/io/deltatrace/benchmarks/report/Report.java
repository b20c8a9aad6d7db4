package io.deltatrace.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Stream;

/** Turns the results in a directory into the tables of a document, between its two markers, and the plot beside it. */
public final class Report {

    static final String BEGIN = "<!-- results:begin -->";
    static final String END = "<!-- results:end -->";

    private Report() {}

    /** Takes the directory of results, the document, and with how many users they were measured. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    }

    /** Rewrites what is between the markers; the prose around stays. */
    public static void write(Path directory, Path document, int users) throws IOException {
        Results results = Results.read(directory);
        String old = Files.readString(document);
        int begin = old.indexOf(BEGIN);
        int end = old.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(document + " must have the lines " + BEGIN + " and " + END);
        }
        String plot = document.getFileName().toString().replace(".md", ".svg");
        Files.writeString(document.resolveSibling(plot), new Plot(results, users).svg());
        String body =
                machine() + "\n\n![All operations of all peers](" + plot + ")\n\n" + new Tables(results, users).all();
        Files.writeString(
                document,
                old.substring(0, begin + BEGIN.length()) + "\n\n" + body.stripTrailing() + "\n\n" + old.substring(end));
    }

    /** What it ran on; no name. */
    private static String machine() throws IOException {
        Runtime runtime = Runtime.getRuntime();
        return String.format(
                Locale.ROOT,
                "%s, on %d processors (%s), %s, %s %s.",
                LocalDate.now(),
                runtime.availableProcessors(),
                processor(),
                System.getProperty("os.name"),
                System.getProperty("java.vm.name"),
                System.getProperty("java.runtime.version"));
    }

    private static String processor() throws IOException {
        Path information = Path.of("/proc/cpuinfo");
        if (!Files.exists(information)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(information)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
