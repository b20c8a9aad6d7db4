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

    private static final int USUAL_LINE = 1024;

    private final MessageDigest digest = ChainedLine.digest();
    private String head;

    /** The end of a chain whose last entry has the given hash. */
    public Chain(String head) {
        this.head = head;
    }

    /** The hash of the last entry. */
    public String head() {
        return head;
    }

    /** What would be the next entry of the chain, and its line. */
    public Linked link(HistoryEntry entry) {
        ByteArrayOutputStream unhashed = new ByteArrayOutputStream(USUAL_LINE);
        JSON.writeEntry(entry, head, unhashed);
        byte[] bytes = unhashed.toByteArray();
        String hash = ChainedLine.hashOf(bytes, bytes.length - 1, digest);
        return new Linked(entry, head, hash, ChainedLine.complete(bytes, hash));
    }

    /** Makes an entry the last one. */
    public void add(ChainedLine line) {
        head = line.hash();
    }

    /** Makes an entry that {@link #link} made the last one. */
    public void add(Linked linked) {
        head = linked.hash();
    }

    /** An entry with its place in the chain, and the line that says so. */
    public static final class Linked {

        private final HistoryEntry entry;
        private final String hash;
        private final byte[] line;

        private Linked(HistoryEntry entry, String previousHash, String hash, byte[] line) {
            this.entry = entry.linked(new HistoryEntry.Link(previousHash, hash));
            this.hash = hash;
            this.line = line;
        }

        /** The entry with its link. */
        public HistoryEntry entry() {
            return entry;
        }

        /** The hash of the entry. */
        public String hash() {
            return hash;
        }

        /** The line with its end; it is not copied. */
        public byte[] line() {
            return line;
        }
    }
}
