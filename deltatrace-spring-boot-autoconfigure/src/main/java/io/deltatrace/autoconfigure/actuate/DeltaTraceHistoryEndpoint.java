package io.deltatrace.autoconfigure.actuate;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Actuator endpoint {@code deltatracehistory}: what happened to the database, newest first, without any document values. */
@Endpoint(id = "deltatracehistory")
public class DeltaTraceHistoryEndpoint {

    /** The most entries that one answer has. */
    public static final int MAX_LIMIT = 1_000;

    private final DeltaTraceDatabase database;

    DeltaTraceHistoryEndpoint(DeltaTraceDatabase database) {
        this.database = database;
    }

    /**
     * A page of the history.
     *
     * @param collection only entries that wrote to the collection
     * @param actor only entries of the actor with this id
     * @param before only entries with a smaller revision
     * @param limit how many at most: 50 unless given, from 1 to {@value #MAX_LIMIT}
     */
    @ReadOperation
    public HistoryDescriptor history(
            @Nullable String collection, @Nullable String actor, @Nullable Long before, @Nullable Integer limit) {
        int count = limit == null ? HistoryFilter.DEFAULT_LIMIT : limit;
        if (count < 1 || count > MAX_LIMIT) {
            throw new InvalidEndpointRequestException(
                    "limit must be from 1 to " + MAX_LIMIT + ", not " + count, "The limit is out of range");
        }
        HistoryFilter filter = (collection == null ? HistoryFilter.all() : HistoryFilter.collection(collection))
                .before(before == null ? Long.MAX_VALUE : before)
                .limit(count);
        return new HistoryDescriptor(database.history().entries(actor == null ? filter : filter.actor(actor)).stream()
                .map(DeltaTraceHistoryEndpoint::describe)
                .toList());
    }

    private static EntryDescriptor describe(HistoryEntry entry) {
        Cause cause = entry.request().cause();
        Actor who = cause == null ? null : cause.who();
        return new EntryDescriptor(
                entry.revision(),
                entry.committedAt(),
                entry.outcome().wireName(),
                who == null ? null : new ActorDescriptor(who.type().wireName(), who.id(), who.name()),
                cause == null ? null : cause.what(),
                cause == null ? null : cause.why(),
                cause == null ? null : cause.from(),
                entry.updateCount(),
                entry.effects().stream()
                        .map(effect -> new EffectDescriptor(
                                effect.collection(),
                                effect.type().wireName(),
                                effect.updateCount(),
                                effect.collectionSize()))
                        .toList());
    }

    /**
     * A page of the history.
     *
     * @param entries newest first
     */
    public record HistoryDescriptor(List<EntryDescriptor> entries) implements OperationResponseBody {}

    /**
     * One entry.
     *
     * @param revision its number
     * @param at when it was committed
     * @param outcome {@code applied}, {@code failed}, {@code denied} or {@code read}
     * @param who did it
     * @param what was done, in words
     * @param why it was done
     * @param from where it was done
     * @param updateCount how many documents it added, changed or removed
     * @param effects what each of its writes did
     */
    public record EntryDescriptor(
            long revision,
            Instant at,
            String outcome,
            @Nullable ActorDescriptor who,
            @Nullable String what,
            @Nullable String why,
            @Nullable String from,
            long updateCount,
            List<EffectDescriptor> effects) {}

    /**
     * Who did something.
     *
     * @param type {@code human}, {@code ai} or {@code system}
     * @param id unique among the actors of the application
     * @param name for display
     */
    public record ActorDescriptor(
            String type, String id, @Nullable String name) {}

    /**
     * What a write did.
     *
     * @param collection the collection
     * @param type the type of the write, as in wire JSON
     * @param updateCount how many documents it added, changed or removed
     * @param collectionSize how many documents there were afterwards
     */
    public record EffectDescriptor(String collection, String type, long updateCount, long collectionSize) {}
}
