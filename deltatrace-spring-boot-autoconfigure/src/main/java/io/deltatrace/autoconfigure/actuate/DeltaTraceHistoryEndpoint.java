package io.deltatrace.autoconfigure.actuate;

import static io.deltatrace.condition.Field.field;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.condition.Condition;
import io.deltatrace.history.ChangeKind;
import io.deltatrace.history.FieldChange;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Actuator endpoint {@code deltatracehistory}: what happened to the database, newest first. Values of documents, also those in
 * requests and conditions, are shown to those who may see them; the names of their fields are shown to everybody.
 */
@Endpoint(id = "deltatracehistory")
public class DeltaTraceHistoryEndpoint {

    private final DeltaTraceDatabase database;
    private final ValueRules rules;
    private final Show showValues;
    private final UnaryOperator<String> keys;

    /** The keys are, by the names of the collections, the paths of the fields that tell their documents apart. */
    DeltaTraceHistoryEndpoint(
            DeltaTraceDatabase database, ValueRules rules, Show showValues, UnaryOperator<String> keys) {
        this.database = database;
        this.rules = rules;
        this.showValues = showValues;
        this.keys = keys;
    }

    /**
     * A page of the history. All parameters may be absent.
     *
     * @param collection only entries that asked about the collection, or changed it
     * @param actor only entries of the actor with this id
     * @param type only entries with a query of this type, as in wire JSON
     * @param outcome only entries with this outcome
     * @param from only entries at or after the instant, in ISO 8601
     * @param to only entries before the instant, in ISO 8601
     * @param before only entries with a smaller revision
     * @param limit how many at most: 50 unless given, from 1 to 1,000
     */
    @ReadOperation
    public HistoryDescriptor history(
            @Nullable String collection,
            @Nullable String actor,
            @Nullable String type,
            @Nullable String outcome,
            @Nullable String from,
            @Nullable String to,
            @Nullable String before,
            @Nullable String limit) {
        return history(
                HistoryParameters.filter(collection, actor, type, outcome, from, to, before, limit),
                showValues.isShown(false));
    }

    HistoryDescriptor history(HistoryFilter filter, boolean showsValues) {
        HistoryDescriber describer = new HistoryDescriber(rules, showsValues);
        int limit = filter.limit();
        List<HistoryEntry> entries = database.history().entries(filter.limit(limit + 1));
        return new HistoryDescriptor(
                entries.stream().limit(limit).map(describer::entry).toList(),
                entries.size() > limit ? entries.get(limit - 1).revision() : null);
    }

    /**
     * One entry with its request and what it changed; null if there is none of that revision, or none any more.
     *
     * @param revision its number
     */
    @ReadOperation
    public @Nullable EntryDetailDescriptor entry(@Selector String revision) {
        return entry(revision, showValues.isShown(false));
    }

    @Nullable
    EntryDetailDescriptor entry(String revision, boolean showsValues) {
        long number = HistoryParameters.number("revision", revision);
        HistoryFilter filter = HistoryFilter.all().after(number - 1).before(number + 1);
        return database.history().entries(filter).stream()
                .findFirst()
                .map(entry -> new HistoryDescriber(rules, showsValues).entryWithDiff(entry, database.history()))
                .orElse(null);
    }

    /**
     * The versions of the documents that had a key at any time, newest first; null if there are none.
     *
     * @param collection the collection
     * @param key what the field that {@code deltatrace.collections.<name>.key} names holds, a string or a number
     * @param before only versions with a smaller revision
     * @param limit how many: 50 unless given, from 1 to 1,000; more only if one entry made several
     */
    @ReadOperation
    public @Nullable VersionsDescriptor versions(
            @Selector String collection, @Selector String key, @Nullable String before, @Nullable String limit) {
        return versions(collection, key, before, limit, showValues.isShown(false));
    }

    @Nullable
    VersionsDescriptor versions(
            String collection, String key, @Nullable String before, @Nullable String limit, boolean showsValues) {
        HistoryFilter page = HistoryParameters.page(HistoryFilter.all(), before, limit);
        return new HistoryDescriber(rules, showsValues)
                .versions(database.history().versionsOf(collection, isKey(keys.apply(collection), key)), page);
    }

    private static Condition isKey(String path, String key) {
        Condition asText = field(path).equalTo(key);
        try {
            return asText.or(field(path).equalTo(new BigDecimal(key)));
        } catch (IllegalArgumentException e) {
            // No number, or none that a document can hold.
            return asText;
        }
    }

    /**
     * A page of the history.
     *
     * @param entries newest first
     * @param next where the next page begins, to be given as {@code before}; null if this is the last one
     */
    public record HistoryDescriptor(
            List<EntryDescriptor> entries, @Nullable Long next) implements OperationResponseBody {}

    /**
     * One entry.
     *
     * @param revision its number
     * @param at when it was committed
     * @param clockSetBackTo what the clock said, if that was earlier than the entry before it
     * @param outcome {@code applied}, {@code failed}, {@code denied} or {@code read}
     * @param collections the collections that it asked about or changed
     * @param types the types of its queries, as in wire JSON
     * @param who did it
     * @param what was done, in words
     * @param why it was done
     * @param from where it was done
     * @param when the way that the request took through time
     * @param serial identifies the operation for its sender
     * @param chainParentSerial the serial of the operation that this one follows from
     * @param confidenceScore how sure the actor was
     * @param context what else was kept; its values are hidden as those of documents are
     * @param updateCount how many documents it added, changed or removed
     * @param effects what each of its writes did
     * @param errorMessage why it was not applied; hidden if anything of the request is, because it may quote that
     * @param hash its place in the chain of hashes
     */
    public record EntryDescriptor(
            long revision,
            Instant at,
            @Nullable Instant clockSetBackTo,
            String outcome,
            List<String> collections,
            List<String> types,
            @Nullable ActorDescriptor who,
            @Nullable String what,
            @Nullable String why,
            @Nullable String from,
            List<TraceDescriptor> when,
            @Nullable String serial,
            @Nullable String chainParentSerial,
            @Nullable Double confidenceScore,
            @Nullable Object context,
            long updateCount,
            List<EffectDescriptor> effects,
            @Nullable String errorMessage,
            @Nullable String hash) {}

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
     * A place that a request passed.
     *
     * @param timestamp when it was there
     * @param location where
     */
    public record TraceDescriptor(
            Instant timestamp, @Nullable String location) {}

    /**
     * What a write did.
     *
     * @param collection the collection
     * @param type the type of the write, as in wire JSON
     * @param updateCount how many documents it added, changed or removed
     * @param collectionSize how many documents there were afterwards
     */
    public record EffectDescriptor(String collection, String type, long updateCount, long collectionSize) {}

    /**
     * One entry with all that is known of it.
     *
     * @param entry the entry
     * @param request what was asked for, with the names of wire JSON
     * @param diff what it changed; null if that cannot be told any more
     * @param diffNotAvailable why there is no diff; null if there is
     */
    public record EntryDetailDescriptor(
            EntryDescriptor entry,
            Map<String, Object> request,
            @Nullable DiffDescriptor diff,
            @Nullable String diffNotAvailable)
            implements OperationResponseBody {}

    /**
     * What an entry changed.
     *
     * @param createdCollections the collections that it created
     * @param removedCollections the collections that it removed
     * @param changedDocuments how many documents it added, changed or removed
     * @param documents the first 1,000 of them
     */
    public record DiffDescriptor(
            List<String> createdCollections,
            List<String> removedCollections,
            int changedDocuments,
            List<DocumentChangeDescriptor> documents) {}

    /**
     * What became of a document.
     *
     * @param collection its collection
     * @param row what tells it from the other documents of the collection
     * @param kind whether it was added, removed or changed
     * @param fields the fields that differ; of a document that was added or removed, all of them
     */
    public record DocumentChangeDescriptor(String collection, long row, ChangeKind kind, List<FieldChange> fields) {}

    /**
     * The versions of one document, or of several that had the same key.
     *
     * @param versions newest first
     * @param next where the next page begins, to be given as {@code before}; null if this is the last one
     */
    public record VersionsDescriptor(
            List<VersionDescriptor> versions, @Nullable Long next) implements OperationResponseBody {}

    /**
     * What an entry made of a document.
     *
     * @param row what tells the document from others that had the same key
     * @param entry what made it so; null if that is older than the retained history
     * @param change what it was made from; null if that is not known
     * @param document what it became; null if it was removed
     */
    public record VersionDescriptor(
            long row,
            @Nullable EntryDescriptor entry,
            @Nullable DocumentChangeDescriptor change,
            @Nullable Object document) {}
}
