package io.deltatrace.autoconfigure;

import io.deltatrace.DeltaTraceDatabaseBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the database.
 *
 * @param enabled whether to set up a database
 * @param history what is kept of the past
 */
@ConfigurationProperties("deltatrace")
public record DeltaTraceProperties(
        @DefaultValue("true") boolean enabled, @DefaultValue History history) {

    /**
     * What is kept of the past.
     *
     * @param limit how many of the newest history entries are kept in memory, from 1
     */
    public record History(
            @DefaultValue("" + DeltaTraceDatabaseBuilder.DEFAULT_HISTORY_LIMIT)
            int limit) {

        /** Rejects a limit below 1. */
        public History {
            if (limit < 1) {
                throw new IllegalArgumentException("deltatrace.history.limit must be at least 1: " + limit);
            }
        }
    }
}
