package io.deltatrace.internal.storage;

import java.nio.file.Path;

/**
 * A file of the journal, as far as it is known to be good.
 *
 * @param file where it is
 * @param index what is known of it
 * @param linesBefore how many lines come before its first entry; 0 except where the beginning is damaged
 */
record Segment(Path file, SegmentIndex index, long linesBefore) {

    Segment(Path file, SegmentIndex index) {
        this(file, index, 0);
    }

    long first() {
        return index.first();
    }

    long last() {
        return index.last();
    }

    /** The line that an entry is in, from 1. */
    long lineOf(long revision) {
        return revision - first() + 1 + linesBefore;
    }

    String place(long revision) {
        return file + ", line " + lineOf(revision);
    }
}
