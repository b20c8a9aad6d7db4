package io.deltatrace.autoconfigure.actuate;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.storage.StorageStatus;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Says whether the database can be written: it is down once its journal has failed, though reads go on. */
final class DeltaTraceHealthIndicator extends AbstractHealthIndicator {

    private final DeltaTraceDatabase database;

    DeltaTraceHealthIndicator(DeltaTraceDatabase database) {
        super("The health of the DeltaTrace database could not be found out");
        this.database = database;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Optional<StorageStatus> storage = database.storage();
        health.up().withDetail("revision", database.snapshot().revision());
        if (storage.isEmpty()) {
            health.withDetail("storage", "memory");
            return;
        }
        StorageStatus status = storage.get();
        health.withDetail("storage", "files")
                .withDetail("durability", status.durability())
                .withDetail("readOnly", status.readOnly())
                .withDetail("durableRevision", status.durableRevision())
                .withDetail("journalBytes", status.journalBytes());
        if (status.failure() != null) {
            health.down().withDetail("reason", status.failure());
        }
    }
}
