package io.deltatrace.history;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point of the chain of hashes, to be kept where the history is not: in another system, on paper. Whoever changes or cuts
 * the history up to there later, however carefully, is found out by {@link History#verify} with it.
 *
 * @param revision the entry
 * @param hash its hash
 */
public record Checkpoint(long revision, String hash) {

    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,17}):([0-9a-f]{64})");

    /** Rejects what is no revision or no hash. */
    public Checkpoint {
        if (!TEXT.matcher(revision + ":" + hash).matches()) {
            throw new IllegalArgumentException("A checkpoint is a revision from 1 and 64 hexadecimal digits");
        }
    }

    /**
     * The checkpoint that {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Checkpoint parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("A checkpoint looks like 'revision:hash'");
        }
        return new Checkpoint(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    /** The revision and the hash, with a colon between them. */
    @Override
    public String toString() {
        return revision + ":" + hash;
    }
}
