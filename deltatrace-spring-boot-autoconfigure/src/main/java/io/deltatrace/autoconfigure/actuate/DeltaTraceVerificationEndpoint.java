package io.deltatrace.autoconfigure.actuate;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.history.ChainReport;
import io.deltatrace.history.Checkpoint;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Actuator endpoint {@code deltatraceverification}: verifies the chain of hashes in the background, one verification at a time,
 * and tells how far the last one has come. Closing the context stops it.
 */
@Endpoint(id = "deltatraceverification")
public class DeltaTraceVerificationEndpoint implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(DeltaTraceVerificationEndpoint.class);

    private final DeltaTraceDatabase database;
    private final ReentrantLock starting = new ReentrantLock();
    private volatile @Nullable Verification last;
    private volatile boolean stopped;

    DeltaTraceVerificationEndpoint(DeltaTraceDatabase database) {
        this.database = database;
    }

    /** How far the last verification has come, and its result. */
    @ReadOperation
    public VerificationDescriptor verification() {
        Verification verification = last;
        return verification == null ? VerificationDescriptor.NONE : verification.describe();
    }

    /** Starts a verification, if none runs, and tells of the one that runs. */
    @WriteOperation
    public VerificationDescriptor verify() {
        return start(List.of());
    }

    /**
     * As {@link #verify()}, and compares the chain with a point of it that was kept elsewhere. Only that can tell that the newest
     * entries were cut off, or that all was written anew.
     *
     * @param checkpoint the revision and the hash, with a colon between them
     */
    @WriteOperation
    public VerificationDescriptor verifyAgainst(@Selector String checkpoint) {
        try {
            return start(List.of(Checkpoint.parse(checkpoint)));
        } catch (IllegalArgumentException e) {
            throw HistoryParameters.wrong(String.valueOf(e.getMessage()));
        }
    }

    private VerificationDescriptor start(List<Checkpoint> checkpoints) {
        starting.lock();
        try {
            Verification current = last;
            if (current == null || !current.isRunning()) {
                if (stopped) {
                    throw new IllegalStateException("The application stops");
                }
                current = new Verification(checkpoints);
                last = current;
                current.thread.start();
            }
            return current.describe();
        } finally {
            starting.unlock();
        }
    }

    /** Stops the verification that runs and waits for its end, which comes with the next entry. */
    @Override
    public void destroy() throws InterruptedException {
        starting.lock();
        try {
            stopped = true;
        } finally {
            starting.unlock();
        }
        Verification verification = last;
        if (verification != null) {
            verification.thread.join();
        }
    }

    /** One verification. */
    private final class Verification {

        private final List<Checkpoint> checkpoints;
        private final Instant startedAt = Instant.now();
        private final Thread thread = new Thread(this::run, "deltatrace-verification");
        private volatile long verified;
        private volatile long total;
        private volatile @Nullable ResultDescriptor result;
        private volatile @Nullable Instant endedAt;
        private volatile State state = State.RUNNING;

        Verification(List<Checkpoint> checkpoints) {
            this.checkpoints = checkpoints;
            thread.setDaemon(true);
        }

        boolean isRunning() {
            return state == State.RUNNING;
        }

        private void run() {
            State end = State.FAILED;
            try {
                result = ResultDescriptor.of(database.history().verify(checkpoints, this::progress));
                end = State.COMPLETED;
            } catch (CancellationException e) {
                end = State.STOPPED;
            } catch (RuntimeException e) {
                LOG.error("The history could not be verified", e);
            } finally {
                endedAt = Instant.now();
                state = end;
            }
        }

        private void progress(long entries, long all) {
            if (stopped) {
                throw new CancellationException("The application stops");
            }
            verified = entries;
            total = all;
        }

        VerificationDescriptor describe() {
            // The state first: what is told beside it is then at least as new.
            State now = state;
            return new VerificationDescriptor(
                    now,
                    startedAt,
                    now == State.RUNNING ? null : endedAt,
                    verified,
                    total,
                    now == State.RUNNING ? null : result);
        }
    }

    /** How a verification is doing. */
    public enum State {
        /** There was none since the application started. */
        NONE,
        /** It has not ended yet. */
        RUNNING,
        /** It has a result. */
        COMPLETED,
        /** The application has stopped it. */
        STOPPED,
        /** Something else went wrong; the log says what. */
        FAILED
    }

    /**
     * A verification.
     *
     * @param state how it is doing
     * @param startedAt when it began
     * @param endedAt when it ended
     * @param verified how many entries follow the chain so far
     * @param total how many there are, as far as is known
     * @param result what came of it
     */
    public record VerificationDescriptor(
            State state,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            long verified,
            long total,
            @Nullable ResultDescriptor result)
            implements OperationResponseBody {

        static final VerificationDescriptor NONE = new VerificationDescriptor(State.NONE, null, null, 0, 0, null);
    }

    /**
     * What came of a verification.
     *
     * @param intact whether there is no fault
     * @param firstRevision the oldest entry that was there to be verified
     * @param verified how many entries follow from there without a fault
     * @param unverifiable the given checkpoint, if it is older than that
     * @param fault the first fault; null if there is none
     */
    public record ResultDescriptor(
            boolean intact,
            long firstRevision,
            long verified,
            List<Checkpoint> unverifiable,
            ChainReport.@Nullable Fault fault) {

        private static ResultDescriptor of(ChainReport report) {
            return new ResultDescriptor(
                    report.isIntact(),
                    report.firstRevision(),
                    report.verified(),
                    report.unverifiable(),
                    report.fault());
        }
    }
}
