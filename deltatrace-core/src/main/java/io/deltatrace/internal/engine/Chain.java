package io.deltatrace.internal.engine;

import io.deltatrace.document.Document;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.json.Json;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;

/** The end of a chain of hashes, to which entries are added one after the other. Not thread-safe. */
public final class Chain {

    /** What stands in place of the previous hash in the first entry of all. */
    public static final String START = "0".repeat(64);

    /** Reads and writes whatever was once accepted: limits are for what comes from outside. */
    public static final Json JSON = new Json(new JsonLimits(Integer.MAX_VALUE, Document.MAX_SIZE));

    private final MessageDigest digest = ChainedLine.digest();
    private final Line line = new Line();
    private String head;

    /** The end of a chain whose last entry has the given hash. */
    public Chain(String head) {
        this.head = head;
    }

    /** The hash of the last entry. */
    public String head() {
        return head;
    }

    /** The place that an entry has if it is the next one of the chain. */
    public HistoryEntry.Link link(HistoryEntry entry) {
        line.begin();
        JSON.writeEntry(entry, head, line);
        return new HistoryEntry.Link(head, line.hash(digest));
    }

    /** The line, with its end, of the entry that was given this place just now. */
    public byte[] line(HistoryEntry.Link link) {
        return line.complete(link.hash());
    }

    /** Makes an entry the last one. */
    public void add(ChainedLine last) {
        head = last.hash();
    }

    /** Makes the entry that {@link #link} gave this place the last one. */
    public void add(HistoryEntry.Link link) {
        head = link.hash();
    }

    /** A line but for its hash. Its array is used again, because making and copying arrays takes as long as writing into them. */
    private static final class Line extends ByteArrayOutputStream {

        private static final int USUAL_LENGTH = 2_048;
        private static final int MOST_KEPT = 1 << 20;

        Line() {
            super(USUAL_LENGTH);
        }

        void begin() {
            reset();
            if (buf.length > MOST_KEPT) {
                buf = new byte[USUAL_LENGTH];
            }
        }

        String hash(MessageDigest digest) {
            return ChainedLine.hashOf(buf, count - 1, digest);
        }

        byte[] complete(String hash) {
            return ChainedLine.complete(buf, count - 1, hash);
        }
    }
}
