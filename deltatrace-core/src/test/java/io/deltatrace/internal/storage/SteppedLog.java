package io.deltatrace.internal.storage;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The files of a database whose work in the background is done when the test says so, and in the test's thread, so that it happens
 * in the same order every time.
 */
public final class SteppedLog {

    private final Stepped storing = new Stepped();
    private final Stepped forcing = new Stepped();
    private final FileCommitLog log;

    private SteppedLog(Disk disk, Path directory, StorageOptions options) {
        log = FileCommitLog.open(disk, directory, options, new SnapshotKeeper.Threads(storing, forcing));
    }

    /** Opens a directory as {@link FileCommitLog#open(Disk, Path, StorageOptions)} does. */
    public static SteppedLog open(Disk disk, Path directory, StorageOptions options) {
        return new SteppedLog(disk, directory, options);
    }

    public FileCommitLog log() {
        return log;
    }

    /** Does the next piece of work that waits; false if none does. */
    public boolean work() {
        return storing.work();
    }

    /** Does what {@link io.deltatrace.storage.Durability#INTERVAL} does at the end of an interval. */
    public void endInterval() {
        forcing.repeat();
    }

    private static final class Stepped extends AbstractExecutorService implements ScheduledExecutorService {

        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private @Nullable Runnable repeated;
        private boolean ended;

        boolean work() {
            Runnable next = waiting.poll();
            if (next == null) {
                return false;
            }
            try {
                next.run();
            } catch (RuntimeException e) {
                // As in a thread of its own: it is told to nobody.
            }
            return true;
        }

        void repeat() {
            if (repeated != null && !ended) {
                repeated.run();
            }
        }

        @Override
        public void execute(Runnable task) {
            if (!ended) {
                waiting.add(task);
            }
        }

        @Override
        public @Nullable ScheduledFuture<?> scheduleWithFixedDelay(
                Runnable task, long delay, long period, TimeUnit unit) {
            repeated = task;
            return null;
        }

        @Override
        public void shutdown() {
            ended = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isShutdown() {
            return ended;
        }

        @Override
        public boolean isTerminated() {
            return ended && waiting.isEmpty();
        }

        @Override
        public boolean awaitTermination(long time, TimeUnit unit) {
            while (work()) {
                // One after the other.
            }
            return true;
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }
    }
}
