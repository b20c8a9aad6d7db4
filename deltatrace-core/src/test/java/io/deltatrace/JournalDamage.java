package io.deltatrace;

import io.deltatrace.history.ChainReport.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that is done to a journal, how it is found, and what is good nevertheless.
 *
 * @param name in words
 * @param file the first revision of the segment that opening names; 0 if it is another file
 * @param line the line in it
 * @param revision the first bad revision
 * @param kind what verifying an open database says; null if it does not look there
 * @param goodUntil how far entries follow from each other from the beginning on; 0 if the first one is gone
 * @param goodFrom from where on entries follow from each other until the end
 * @param lost how many entries are nowhere
 * @param foreign how many entries are there that do not belong to the database
 */
record JournalDamage(
        String name,
        long file,
        long line,
        long revision,
        Kind kind,
        long goodUntil,
        long goodFrom,
        long lost,
        long foreign,
        Action action) {

    /** Segments begin at 1, 5, 9, 13, 17, 21, 25 and 29. */
    static final int ENTRIES = 31;

    private static final long ALL = ENTRIES;

    interface Action {
        void damage(DatabaseFiles files, Path other) throws IOException;
    }

    interface Change {
        void of(List<String> lines);
    }

    /** Does it, with the help of a database of the same size. */
    void inflict(DatabaseFiles files, Path other) throws IOException {
        action.damage(files, other);
    }

    @Override
    public String toString() {
        return name;
    }

    static void change(Path segment, Change change) throws IOException {
        List<String> lines = DatabaseFiles.lines(segment);
        change.of(lines);
        DatabaseFiles.write(segment, lines);
    }

    private static Action change(long segment, Change change) {
        return (files, other) -> change(files.segment(segment), change);
    }

    static Stream<JournalDamage> all() {
        return Stream.concat(files(), lines());
    }

    private static Stream<JournalDamage> files() {
        return Stream.of(
                new JournalDamage(
                        "first segment missing",
                        5,
                        0,
                        1,
                        Kind.MISSING,
                        0,
                        5,
                        4,
                        0,
                        (files, other) -> Files.delete(files.segment(1))),
                new JournalDamage(
                        "segment missing",
                        17,
                        0,
                        13,
                        Kind.MISSING,
                        12,
                        17,
                        4,
                        0,
                        (files, other) -> Files.delete(files.segment(13))),
                new JournalDamage(
                        "last sealed segment missing",
                        29,
                        0,
                        25,
                        Kind.MISSING,
                        24,
                        29,
                        4,
                        0,
                        (files, other) -> Files.delete(files.segment(25))),
                new JournalDamage(
                        "segment empty",
                        13,
                        0,
                        13,
                        Kind.MISSING,
                        12,
                        17,
                        4,
                        0,
                        (files, other) -> Files.write(files.segment(13), new byte[0])),
                new JournalDamage(
                        "foreign file",
                        0,
                        0,
                        0,
                        null,
                        ALL,
                        1,
                        0,
                        0,
                        (files, other) -> Files.writeString(files.journal().resolve("notes.txt"), "x\n")),
                new JournalDamage(
                        "renamed copy of a segment",
                        0,
                        0,
                        0,
                        null,
                        ALL,
                        1,
                        0,
                        0,
                        (files, other) -> Files.copy(
                                files.segment(13), files.journal().resolve("0000000000000000013.ndjson.bak"))),
                new JournalDamage(
                        "copy of a segment",
                        14,
                        0,
                        14,
                        null,
                        ALL,
                        1,
                        0,
                        0,
                        (files, other) -> Files.copy(files.segment(13), files.segment(14))),
                // Revisions 13 to 16 are there, but nobody can say whose they are.
                new JournalDamage(
                        "segment of another database",
                        13,
                        1,
                        13,
                        Kind.EDITED,
                        12,
                        17,
                        0,
                        4,
                        (files, other) -> Files.write(
                                files.segment(13), Files.readAllBytes(new DatabaseFiles(other).segment(13)))),
                new JournalDamage(
                        "segment in place of another one",
                        13,
                        1,
                        13,
                        Kind.MISSING,
                        12,
                        17,
                        4,
                        0,
                        (files, other) -> Files.write(files.segment(13), Files.readAllBytes(files.segment(17)))));
    }

    private static Stream<JournalDamage> lines() {
        return Stream.of(
                new JournalDamage(
                        "two lines swapped",
                        13,
                        2,
                        14,
                        Kind.REORDERED,
                        ALL,
                        1,
                        0,
                        0,
                        change(13, lines -> Collections.swap(lines, 1, 2))),
                new JournalDamage(
                        "lines of two segments swapped", 13, 1, 13, Kind.REORDERED, ALL, 1, 0, 0, (files, other) -> {
                            List<String> one = DatabaseFiles.lines(files.segment(13));
                            List<String> two = DatabaseFiles.lines(files.segment(17));
                            two.set(0, one.set(0, two.get(0)));
                            DatabaseFiles.write(files.segment(13), one);
                            DatabaseFiles.write(files.segment(17), two);
                        }),
                new JournalDamage(
                        "line deleted", 13, 2, 14, Kind.MISSING, 13, 15, 1, 0, change(13, lines -> lines.remove(1))),
                new JournalDamage(
                        "last line of a segment deleted",
                        17,
                        0,
                        16,
                        Kind.MISSING,
                        15,
                        17,
                        1,
                        0,
                        change(13, lines -> lines.remove(3))),
                new JournalDamage(
                        "line doubled",
                        13,
                        3,
                        15,
                        Kind.REORDERED,
                        ALL,
                        1,
                        0,
                        0,
                        change(13, lines -> lines.add(2, lines.get(1)))),
                new JournalDamage(
                        "last line of a segment doubled",
                        13,
                        5,
                        17,
                        Kind.REORDERED,
                        ALL,
                        1,
                        0,
                        0,
                        change(13, lines -> lines.add(lines.get(3)))),
                new JournalDamage(
                        "empty line", 13, 2, 14, Kind.EDITED, ALL, 1, 0, 0, change(13, lines -> lines.add(1, ""))),
                new JournalDamage(
                        "line edited",
                        13,
                        2,
                        14,
                        Kind.EDITED,
                        13,
                        15,
                        1,
                        0,
                        change(13, lines -> lines.set(1, lines.get(1).replace("\"n\":14", "\"n\":15")))),
                // The edited line agrees with itself; it is the next one that does not follow from it any more.
                new JournalDamage(
                        "line edited with its hash",
                        13,
                        3,
                        15,
                        Kind.EDITED,
                        14,
                        15,
                        0,
                        0,
                        change(13, lines -> lines.set(1, DatabaseFiles.edited(lines.get(1), "\"n\":14", "\"n\":15")))),
                new JournalDamage(
                        "last line edited with its hash",
                        17,
                        1,
                        17,
                        Kind.EDITED,
                        16,
                        17,
                        0,
                        0,
                        change(13, lines -> lines.set(3, DatabaseFiles.edited(lines.get(3), "\"n\":16", "\"n\":15")))));
    }
}
