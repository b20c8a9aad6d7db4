package io.deltatrace.benchmarks.report;

import static io.deltatrace.benchmarks.report.Measurement.text;

import io.deltatrace.benchmarks.peers.Peer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Results as tables in Markdown. What was not measured is an empty cell; a table without any is not there.
 *
 * @param users the number between few and many, which are a tenth and ten times as many
 */
record Tables(Results results, int users) {

    /** Milliseconds of the original in Python, measured once on a machine like the first one that this ran on. */
    private static final Map<String, Integer> ORIGINAL = original();

    /** How much longer than without it a write may take. */
    private static final double MOST_FOR_HISTORY = 0.3;

    private static Map<String, Integer> original() {
        Map<String, Integer> figures = new LinkedHashMap<>();
        figures.put("add", 343);
        figures.put("getAll", 654);
        figures.put("save", 496);
        figures.put("load", 635);
        figures.put("search", 1_045);
        figures.put("paging", 480);
        figures.put("searchOne", 50);
        figures.put("update", 98);
        figures.put("updateOne", 16);
        figures.put("conform", 114);
        figures.put("delete", 485);
        figures.put("deleteOne", 26);
        figures.put("add with serial", 119);
        return figures;
    }

    /** A table under a heading. */
    private static final class Table {

        private final StringBuilder text = new StringBuilder();
        private boolean filled;

        Table(String heading, List<String> columns) {
            text.append("### ").append(heading).append("\n\n");
            line(columns);
            text.append("|---".repeat(columns.size())).append("|\n");
        }

        private void line(List<String> cells) {
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }

        /** Unless all cells but the first are empty. */
        void row(List<String> cells) {
            if (cells.stream().skip(1).anyMatch(cell -> !cell.isEmpty())) {
                filled = true;
                line(cells);
            }
        }

        String finished() {
            return filled ? text.append('\n').toString() : "";
        }
    }

    private static List<String> cells(String first, String... others) {
        List<String> cells = new ArrayList<>();
        cells.add(first);
        cells.addAll(Arrays.asList(others));
        return cells;
    }

    private static String number(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String cell(Optional<Measurement> measured) {
        return measured.map(Measurement::toString).orElse("");
    }

    String all() {
        return targets() + peers(users) + peers(10 * users) + growth() + history() + writes() + files() + speed();
    }

    private String peers(int records) {
        List<Peer> present = Arrays.stream(Peer.values())
                .filter(peer -> results.of("lookUp", peer, records).isPresent())
                .toList();
        List<String> columns = cells("operation");
        present.forEach(peer -> columns.add(peer.title()));
        Table table = new Table("Beside its peers, " + number(records) + " records, µs", columns);
        for (Row row : Row.ALL) {
            List<String> cells = cells(row.title());
            present.forEach(peer -> cells.add(cell(results.of(row.benchmark(), peer, records))));
            table.row(cells);
        }
        return table.finished();
    }

    private String targets() {
        Table table = new Table(
                "Targets, " + number(users) + " records, µs",
                cells("operation", "as", "measured", "× plain", "× copies", "target", "result"));
        for (Row row : Row.ALL) {
            for (Goal goal : row.goals()) {
                results.of(row.benchmark(), goal.who(), users)
                        .ifPresent(measured -> table.row(cells(
                                row.title(),
                                goal.who().title(),
                                measured.toString(),
                                ratio(measured, results.of(row.benchmark(), Peer.PLAIN, users)),
                                ratio(measured, results.of(row.benchmark(), Peer.COPIES, users)),
                                goal.text(),
                                goal.limit(row, results, users)
                                        .map(limit -> verdict(measured.median(), limit))
                                        .orElse("not comparable"))));
            }
        }
        return table.finished();
    }

    private static String ratio(Measurement measured, Optional<Measurement> other) {
        return other.map(each -> text(measured.median() / each.median())).orElse("");
    }

    private static String verdict(double value, double limit) {
        return value <= limit ? "met" : "**missed**, " + text(value / limit) + " × the target of " + text(limit);
    }

    private String growth() {
        String from = number(users / 10);
        String to = number(10 * users);
        Table table = new Table(
                "Growth, µs", cells("operation", "of", from, number(users), to, "factor from " + from + " to " + to));
        for (Row row : Row.ALL) {
            Peer[] peers =
                    Row.SINGLE.contains(row.benchmark()) ? Peer.values() : new Peer[] {Peer.DOCUMENTS, Peer.OBJECTS};
            for (Peer peer : peers) {
                grown(row.title(), peer.title(), row.benchmark(), Map.of("peer", peer.name()))
                        .ifPresent(table::row);
            }
        }
        grown("two reads, the second from where the first one says", "bare memory", "twoReads", Map.of())
                .ifPresent(table::row);
        return table.finished();
    }

    private Optional<List<String>> grown(String title, String who, String benchmark, Map<String, String> parameters) {
        List<Optional<Measurement>> measured = IntStream.of(users / 10, users, 10 * users)
                .mapToObj(records -> {
                    Map<String, String> all = new LinkedHashMap<>(parameters);
                    all.put("users", "" + records);
                    return results.of(benchmark, all);
                })
                .toList();
        return measured.get(0)
                .flatMap(few -> measured.get(2).map(many -> ratio(many, Optional.of(few))))
                .map(factor ->
                        cells(title, who, cell(measured.get(0)), cell(measured.get(1)), cell(measured.get(2)), factor));
    }

    private String history() {
        Table table = new Table(
                "What the history costs, " + number(users) + " records, µs",
                cells("operation", "by the engine alone", "by `execute`, with history", "costs, at most 30 %"));
        for (Row row : Row.ALL) {
            Optional<Measurement> alone = results.of(row.benchmark() + "Alone", Map.of("users", "" + users));
            Optional<Measurement> whole = results.of(row.benchmark(), Peer.DOCUMENTS, users);
            if (alone.isPresent() && whole.isPresent()) {
                double cost = whole.get().median() / alone.get().median() - 1;
                table.row(cells(
                        row.title(),
                        cell(alone),
                        cell(whole),
                        String.format(Locale.ROOT, "%.0f %%, ", 100 * cost)
                                + (cost <= MOST_FOR_HISTORY ? "met" : "**missed**")));
            }
        }
        return table.finished();
    }

    private String writes() {
        Table table = new Table("Writes per second, on files", cells("", "1 thread", "4 threads", "16 threads"));
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("OS", "DeltaTrace, `OS`");
        titles.put("INTERVAL", "DeltaTrace, `INTERVAL`");
        titles.put("ALWAYS", "DeltaTrace, `ALWAYS`");
        titles.put("H2", "H2 as it comes, which writes up to 500 ms after a commit and forces nothing");
        titles.put("FORCE", "a bare `FileChannel.force` after each line: the physical limit of one writer");
        titles.forEach((files, title) -> table.row(cells(
                title,
                cell(results.of("writes", Map.of("files", files))),
                cell(results.of("writesOfFour", Map.of("files", files))),
                cell(results.of("writesOfSixteen", Map.of("files", files))))));
        return table.finished();
    }

    private String files() {
        Table table = new Table(
                "Opening and looking back, ms",
                cells(number(users) + " documents and " + number(users) + " entries", "measured"));
        Map<String, String> base = Map.of("entries", "" + users, "items", "" + users);
        for (boolean snapshots : new boolean[] {true, false}) {
            Map<String, String> parameters = new LinkedHashMap<>(base);
            parameters.put("snapshots", "" + snapshots);
            String how = snapshots ? "" : ", from the journal alone";
            table.row(cells("open" + how, cell(results.of("open", parameters))));
            table.row(cells("asOf the middle" + how, cell(results.of("asOfTheMiddle", parameters))));
        }
        return table.finished();
    }

    private String speed() {
        Table table = new Table(
                "The original's own speed test, " + number(users) + " records, once each, ms",
                cells("operation", "the original", "the first call in a JVM", "warm", "result"));
        ORIGINAL.forEach((operation, original) -> {
            Optional<Measurement> cold = results.of("speed " + operation, Map.of("round", "cold"));
            Optional<Measurement> warm = results.of("speed " + operation, Map.of("round", "warm"));
            if (cold.isPresent() && warm.isPresent()) {
                double faster = original / warm.get().median();
                double first = cold.get().median() / original;
                table.row(cells(
                        operation,
                        "" + original,
                        cell(cold),
                        cell(warm),
                        (faster >= 20 ? "met" : "**missed**") + ", " + text(faster) + " × faster warm; "
                                + (first <= 1 ? "met" : "**missed**") + ", " + text(first) + " × the time cold"));
            }
        });
        return table.finished();
    }
}
