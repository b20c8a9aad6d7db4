package io.deltatrace.internal.storage;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the files of a database are.
 *
 * @param directory the one that the application named
 */
record Layout(Path directory) {

    static final String SEGMENT = ".ndjson";
    static final String SNAPSHOT = ".dtdb.gz";
    static final String INDEX = ".index";
    static final String TEMPORARY = ".tmp";

    /** A name that is not one of a numbered file. */
    static final long NONE = -1;

    private static final Pattern NAME = Pattern.compile("([0-9]{19})(\\.[a-z.]+)");

    Path manifest() {
        return directory.resolve("deltatrace.json");
    }

    Path lock() {
        return directory.resolve("lock");
    }

    Path journal() {
        return directory.resolve("journal");
    }

    Path snapshots() {
        return directory.resolve("snapshots");
    }

    /** What can be made again from the journal. */
    Path indexes() {
        return directory.resolve("index");
    }

    Path segment(long first) {
        return journal().resolve(name(first, SEGMENT));
    }

    Path snapshot(long revision) {
        return snapshots().resolve(name(revision, SNAPSHOT));
    }

    Path index(long first) {
        return indexes().resolve(name(first, INDEX));
    }

    /** A name with as many digits as revisions can have, so that the order of names is that of revisions. */
    private static String name(long revision, String ending) {
        return String.format(Locale.ROOT, "%019d%s", revision, ending);
    }

    /** The revision that a file is named after, or {@link #NONE} if its name is no such name. */
    static long revisionOf(String name, String ending) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches() || !matcher.group(2).equals(ending)) {
            return NONE;
        }
        try {
            return Long.parseLong(matcher.group(1));
        } catch (NumberFormatException e) {
            return NONE;
        }
    }
}
