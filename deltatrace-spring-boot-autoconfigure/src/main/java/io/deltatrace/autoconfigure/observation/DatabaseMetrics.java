package io.deltatrace.autoconfigure.observation;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.DeltaTraceDatabaseBuilder;
import io.deltatrace.Snapshot;
import io.deltatrace.Subscription;
import io.deltatrace.autoconfigure.DeltaTraceDatabaseBuilderCustomizer;
import io.deltatrace.storage.StorageStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The meters of the database: how much is in it, how its journal is doing, and how long forcing that to the disk takes. What is
 * about files is there only if the database is on files. Thread-safe.
 */
final class DatabaseMetrics implements MeterBinder, DeltaTraceDatabaseBuilderCustomizer, DisposableBean {

    private final ObjectProvider<DeltaTraceDatabase> databases;
    private final CollectionTags tags;
    private final List<Timer> forces = new CopyOnWriteArrayList<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    /** The database is asked for when there is a registry, because this is one of those who set it up. */
    DatabaseMetrics(ObjectProvider<DeltaTraceDatabase> databases, CollectionTags tags) {
        this.databases = databases;
        this.tags = tags;
    }

    @Override
    public void customize(DeltaTraceDatabaseBuilder builder) {
        builder.whenForced(took -> forces.forEach(timer -> timer.record(took)));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        DeltaTraceDatabase database = databases.getObject();
        Gauge.builder(
                        "deltatrace.revision",
                        database,
                        whileOpen(open -> open.snapshot().revision()))
                .description("Revision of the newest entry whose state is published")
                .register(registry);
        bindDocuments(database, registry);
        if (database.storage().isPresent()) {
            bindJournal(database, registry);
        }
    }

    /** A collection gets its gauge when it is first written to, or now. */
    private void bindDocuments(DeltaTraceDatabase database, MeterRegistry registry) {
        Set<String> bound = ConcurrentHashMap.newKeySet();
        ToDoubleFunction<DeltaTraceDatabase> others = whileOpen(open -> {
            Snapshot snapshot = open.snapshot();
            return snapshot.collections().stream()
                    .filter(name -> !bound.contains(name))
                    .mapToLong(snapshot::size)
                    .sum();
        });
        documents(CollectionTags.OTHER, database, others, registry);
        subscriptions.add(database.onCommit(entry ->
                entry.effects().forEach(effect -> bindDocuments(effect.collection(), bound, database, registry))));
        database.collections().forEach(name -> bindDocuments(name, bound, database, registry));
    }

    private void bindDocuments(
            String collection, Set<String> bound, DeltaTraceDatabase database, MeterRegistry registry) {
        if (tags.of(collection).equals(collection)
                && !collection.equals(CollectionTags.OTHER)
                && bound.add(collection)) {
            documents(collection, database, whileOpen(open -> open.snapshot().size(collection)), registry);
        }
    }

    private static void documents(
            String tag,
            DeltaTraceDatabase database,
            ToDoubleFunction<DeltaTraceDatabase> count,
            MeterRegistry registry) {
        Gauge.builder("deltatrace.documents", database, count)
                .description("Documents in a collection")
                .baseUnit("documents")
                .tag("collection", tag)
                .register(registry);
    }

    private void bindJournal(DeltaTraceDatabase database, MeterRegistry registry) {
        journal(
                "size",
                BaseUnits.BYTES,
                "Size of the files of the journal",
                StorageStatus::journalBytes,
                database,
                registry);
        journal("segments", BaseUnits.FILES, "Files of the journal", StorageStatus::segments, database, registry);
        journal(
                "unforced",
                "entries",
                "Entries of the journal that are not known to be forced to the disk",
                status -> status.revision() - status.durableRevision(),
                database,
                registry);
        journal(
                "failed",
                null,
                "1 once the journal has failed, so that writes are refused; 0 otherwise",
                status -> status.failure() == null ? 0 : 1,
                database,
                registry);
        forces.add(Timer.builder("deltatrace.journal.sync")
                .description("Time that forcing the journal to the disk took")
                .register(registry));
    }

    private static void journal(
            String name,
            @Nullable String unit,
            String description,
            ToDoubleFunction<StorageStatus> figure,
            DeltaTraceDatabase database,
            MeterRegistry registry) {
        Gauge.builder(
                        "deltatrace.journal." + name,
                        database,
                        whileOpen(open -> figure.applyAsDouble(open.storage().orElseThrow())))
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    /** A closed database has no figures. */
    private static ToDoubleFunction<DeltaTraceDatabase> whileOpen(ToDoubleFunction<DeltaTraceDatabase> figure) {
        return database -> {
            try {
                return figure.applyAsDouble(database);
            } catch (IllegalStateException e) {
                return Double.NaN;
            }
        };
    }

    @Override
    public void destroy() {
        subscriptions.forEach(Subscription::cancel);
    }
}
