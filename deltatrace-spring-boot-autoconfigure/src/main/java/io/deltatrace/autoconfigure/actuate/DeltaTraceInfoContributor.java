package io.deltatrace.autoconfigure.actuate;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Tells of the database in a few words: which version it is, how far it has come and where it is kept. */
final class DeltaTraceInfoContributor implements InfoContributor {

    private final DeltaTraceDatabase database;

    DeltaTraceInfoContributor(DeltaTraceDatabase database) {
        this.database = database;
    }

    @Override
    public void contribute(Info.Builder builder) {
        Snapshot snapshot = database.snapshot();
        Map<String, Object> details = new LinkedHashMap<>();
        // Only a jar says its version.
        String version = DeltaTraceDatabase.class.getPackage().getImplementationVersion();
        if (version != null) {
            details.put("version", version);
        }
        details.put("revision", snapshot.revision());
        details.put("storage", database.storage().isPresent() ? "files" : "memory");
        details.put("collections", snapshot.collections().size());
        builder.withDetail("deltatrace", details);
    }
}
