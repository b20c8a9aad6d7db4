package io.deltatrace.internal.engine;

import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.HistoryEntry;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ties entries in memory to each other by hashes, before anybody sees them or they go.
 *
 * <p>The hash of an entry follows from the entry and those before it, so it is the same whenever it is computed; and in memory
 * there is nobody to protect it from meanwhile. Making a line and hashing it takes longer than a write, so writers leave it to
 * another thread once there are {@value #MANY} entries to do. If they are faster than it, so that {@value #MOST} are left, they
 * help. Whoever looks at the history waits for no more than these. Thread-safe.
 */
final class Linking {

    /** So many entries are worth a task of their own. */
    static final int MANY = 1_024;

    /** So many entries are left without their place at the most. */
    static final int MOST = 16_384;

    private static final int AT_ONCE = 64;

    private final RetainedEntries entries;
    private final Chain chain = new Chain(Chain.START);
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile long last;

    /** Of entries by their revisions, from 1 on; it puts the linked ones in place of the others. */
    Linking(RetainedEntries entries) {
        this.entries = entries;
    }

    /** Takes note of an entry; called by one thread at a time. */
    void added(long revision) {
        if (revision - last > MOST) {
            upTo(revision - MOST + AT_ONCE);
        } else if (revision - last > MANY && scheduled.compareAndSet(false, true)) {
            ForkJoinPool.commonPool().execute(() -> {
                try {
                    upTo(entries.last());
                } finally {
                    scheduled.set(false);
                }
            });
        }
    }

    /** Returns when all entries up to a revision, which is there, have their places. */
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

    private void link(long revision) {
        HistoryEntry entry = Objects.requireNonNull(entries.get(revision));
        HistoryEntry.Link link = chain.link(entry);
        entries.replace(entry.linked(link));
        chain.add(link);
        last = revision;
    }
}
