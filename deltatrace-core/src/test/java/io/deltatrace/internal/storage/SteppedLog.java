package io.deltatrace.internal.storage;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The files of a database whose work in the background is done when the test says so, and in the test's thread, so that it happens
 * in the same order every time. The threads that do it otherwise are nobody's business but the {@link SnapshotKeeper}'s, which is
 * why they are exchanged by force.
 */
public final class SteppedLog {

    private final Background background = new Background();
    private final FileCommitLog log;
    private final SnapshotKeeper keeper;

    private SteppedLog(FileCommitLog log) {
        this.log = log;
        try {
            Field field = FileCommitLog.class.getDeclaredField("keeper");
            field.setAccessible(true);
            keeper = (SnapshotKeeper) field.get(log);
            Field threads = SnapshotKeeper.class.getDeclaredField("background");
            threads.setAccessible(true);
            ((ScheduledExecutorService) threads.get(keeper)).shutdown();
            threads.set(keeper, background);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens a directory as {@link FileCommitLog#open(Disk, Path, StorageOptions)} does. */
    public static SteppedLog open(Disk disk, Path directory, StorageOptions options) {
        return new SteppedLog(FileCommitLog.open(disk, directory, options));
    }

    public FileCommitLog log() {
        return log;
    }

    /** Does the next piece of work that waits; false if none does. */
    public boolean work() {
        return background.work();
    }

    /** Does what {@link io.deltatrace.storage.Durability#INTERVAL} does at the end of an interval. */
    public void endInterval() {
        try {
            Method force = SnapshotKeeper.class.getDeclaredMethod("forceQuietly");
            force.setAccessible(true);
            force.invoke(keeper);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Background extends AbstractExecutorService implements ScheduledExecutorService {

        private final Queue<Runnable> waiting = new ArrayDeque<>();
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

        @Override
        public void execute(Runnable task) {
            if (!ended) {
                waiting.add(task);
            }
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

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long delay, long period, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }
    }
}
