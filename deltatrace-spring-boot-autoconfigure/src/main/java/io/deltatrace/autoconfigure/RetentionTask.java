package io.deltatrace.autoconfigure;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.storage.Retention;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/** Gives up old history now and then, in a thread of its own, from its construction until it is destroyed. */
final class RetentionTask implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionTask.class);

    private final DeltaTraceDatabase database;
    private final Retention retention;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "deltatrace-retention");
        daemon.setDaemon(true);
        return daemon;
    });

    RetentionTask(DeltaTraceDatabase database, Retention retention, Duration interval) {
        this.database = database;
        this.retention = retention;
        var unused = thread.scheduleWithFixedDelay(this::retain, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void retain() {
        try {
            long oldest = database.retain(retention);
            LOG.debug("States are kept from revision {} on", oldest);
        } catch (RuntimeException e) {
            LOG.warn("Old history could not be given up; the next attempt comes in time", e);
        }
    }

    /** Waits for an attempt that is under way: the files must be left in order. */
    @Override
    public void destroy() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
            LOG.warn("Old history is still being given up");
        }
    }
}
