package io.deltatrace.json;

import io.deltatrace.access.QueryType;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryEntry.Effect;
import io.deltatrace.history.Outcome;
import io.deltatrace.query.Request;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a line of the journal. */
final class EntryReader implements JsonCursor.FieldHandler {

    private final JsonCursor in;
    private long revision;
    private @Nullable Instant committedAt;
    private @Nullable Instant clockSetBackTo;
    private @Nullable Outcome outcome;
    private @Nullable Request request;
    private List<Effect> effects = List.of();
    private @Nullable String errorMessage;
    private @Nullable String previousHash;
    private @Nullable String hash;

    EntryReader(JsonCursor in) {
        this.in = in;
    }

    HistoryEntry read() {
        in.object(this);
        Instant at = committedAt;
        Outcome became = outcome;
        Request asked = request;
        String previous = previousHash;
        String own = hash;
        if (revision < 1 || at == null || became == null || asked == null || previous == null || own == null) {
            throw in.failure("An entry needs 'revision', 'at', 'outcome', 'request', 'prev' and 'hash'");
        }
        return in.construct(() -> new HistoryEntry(
                revision,
                at,
                clockSetBackTo,
                became,
                asked,
                effects,
                errorMessage,
                new HistoryEntry.Link(previous, own)));
    }

    @Override
    public boolean read(String name) {
        switch (name) {
            case "revision" -> revision = in.longInteger();
            case "at" -> committedAt = in.instant();
            case "clockSetBackTo" -> clockSetBackTo = in.orNull(in::instant);
            case "outcome" -> outcome = in.named("outcome", Outcome.values(), Outcome::wireName);
            case "effects" -> effects = in.list(() -> new EffectReader().read());
            case "errorMessage" -> errorMessage = in.orNull(in::string);
            case "request" -> request = new RequestReader(in).read();
            case "prev" -> previousHash = in.string();
            case "hash" -> hash = in.string();
            default -> {
                return false;
            }
        }
        return true;
    }

    private final class EffectReader implements JsonCursor.FieldHandler {

        private @Nullable String collection;
        private @Nullable QueryType type;
        private long updateCount;
        private long collectionSize;

        Effect read() {
            in.object(this);
            if (collection == null || type == null) {
                throw in.failure("An effect needs 'collection' and 'type'");
            }
            return new Effect(collection, type, updateCount, collectionSize);
        }

        @Override
        public boolean read(String name) {
            switch (name) {
                case "collection" -> collection = in.string();
                case "type" -> type = in.named("query type", QueryType.values(), QueryType::wireName);
                case "updateCount" -> updateCount = in.longInteger();
                case "collectionSize" -> collectionSize = in.longInteger();
                default -> {
                    return false;
                }
            }
            return true;
        }
    }
}
