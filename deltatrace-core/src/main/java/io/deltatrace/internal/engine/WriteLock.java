package io.deltatrace.internal.engine;

import io.deltatrace.transaction.LockNotAcquiredException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right to write, which one thread at a time has: for one request, or for the whole of a transaction. It is a {@link
 * ReentrantLock} because {@code synchronized} would pin virtual threads on JDKs before 24.
 *
 * <p>A thread that has it in a transaction that is suspended may get it again, but only if that transaction has not written yet:
 * what it wrote is made on the last state, and must come next.
 */
final class WriteLock {

    private final ReentrantLock lock = new ReentrantLock();

    /** The transaction whose writes come next. It belongs to the thread that has the lock; nobody else looks at this. */
    private @Nullable OpenTransaction writing;

    /** Waits, also if the thread is interrupted: a single request never waits long for others like it. */
    void acquire(Duration limit) {
        if (lock.tryLock()) {
            return;
        }
        long deadline = System.nanoTime() + nanos(limit);
        boolean interrupted = false;
        boolean acquired = false;
        try {
            while (!acquired) {
                try {
                    if (!lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        throw LockNotAcquiredException.after(limit);
                    }
                    acquired = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until the thread is interrupted. */
    void acquireInterruptibly(Duration limit) {
        try {
            if (!lock.tryLock(nanos(limit), TimeUnit.NANOSECONDS)) {
                throw LockNotAcquiredException.after(limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LockNotAcquiredException.interrupted(e);
        }
    }

    void release() {
        lock.unlock();
    }

    /**
     * Makes sure that this thread, which has the lock, may write now.
     *
     * @param transaction the transaction that wants to; null for a request on its own
     */
    void requireTurn(@Nullable OpenTransaction transaction) {
        if (writing != null && writing != transaction) {
            throw LockNotAcquiredException.suspendedHasWritten();
        }
    }

    /** Makes sure that the writes of this thread's transaction come next. */
    void claimTurn(OpenTransaction transaction) {
        requireTurn(transaction);
        writing = transaction;
    }

    /** Lets others write again if the transaction kept them from it. */
    void yieldTurn(OpenTransaction transaction) {
        if (writing == transaction) {
            writing = null;
        }
    }

    private static long nanos(Duration limit) {
        return TimeUnit.NANOSECONDS.convert(limit);
    }
}
