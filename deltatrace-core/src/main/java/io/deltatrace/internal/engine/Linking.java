package io.deltatrace.internal.engine;

import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.HistoryEntry;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ties entries in memory to each other by hashes when somebody looks at them, so that writing does not pay for it.
 *
 * <p>The hash of an entry follows from the entry and those before it that are in the chain, and in memory there is nobody to protect
 * it from before it is seen. An entry that goes before anybody saw it was never in the chain, which begins anew after it: nobody has
 * anything that its hash could be compared with. Thread-safe.
 */
final class Linking {

    /** Whoever looks gives way to others after so many entries. */
    private static final int AT_ONCE = 64;

    private final RetainedEntries entries;
    private final ReentrantLock lock = new ReentrantLock();
    private Chain chain = new Chain(Chain.START);
    private volatile long last;

    /** Of entries, none of which is there yet; it puts the linked ones in place of the others. */
    Linking(RetainedEntries entries) {
        this.entries = entries;
        this.last = entries.last();
    }

    /** Returns when all entries up to a revision, which was there, have their places or are gone. */
    void upTo(long revision) {
        while (last < revision) {
            lock.lock();
            try {
                long end = Math.min(revision, last + AT_ONCE);
                while (last < end) {
                    link(last + 1);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** The end of the chain, which has reached the given revision by then. */
    Checkpoint checkpoint(long revision) {
        upTo(revision);
        lock.lock();
        try {
            return new Checkpoint(last, chain.head());
        } finally {
            lock.unlock();
        }
    }

    /** Drops the entries up to a revision. */
    void dropUpTo(long revision) {
        lock.lock();
        try {
            if (last < revision) {
                chain = new Chain(Chain.START);
                last = revision;
            }
            entries.dropUpTo(revision);
        } finally {
            lock.unlock();
        }
    }

    private void link(long revision) {
        HistoryEntry entry = Objects.requireNonNull(entries.get(revision));
        HistoryEntry.Link link = chain.link(entry);
        entries.replace(entry.linked(link));
        chain.add(link);
        last = revision;
    }
}
