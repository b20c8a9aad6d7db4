package io.deltatrace.internal.storage;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Keeps thousands of expected warnings out of the output of the build. */
final class QuietLog {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.deltatrace.internal.storage");
    private @Nullable Level before;

    void silence() {
        before = logger.getLevel();
        logger.setLevel(Level.OFF);
    }

    void restore() {
        logger.setLevel(before);
    }
}
