package io.deltatrace.json;

import io.deltatrace.json.StoredState.Run;
import io.deltatrace.json.StoredState.StoredCollection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a stored state. */
final class StateReader implements JsonCursor.FieldHandler {

    private final JsonCursor in;
    private long revision = -1;
    private @Nullable Instant committedAt;
    private @Nullable String head;
    private @Nullable String hash;
    private @Nullable Map<String, StoredCollection> collections;

    StateReader(JsonCursor in) {
        this.in = in;
    }

    StoredState read() {
        in.object(this);
        if (revision < 0 || committedAt == null || head == null || hash == null || collections == null) {
            throw in.failure("A stored state needs 'revision', 'committedAt', 'head', 'hash' and 'collections'");
        }
        return new StoredState(revision, committedAt, head, hash, collections);
    }

    @Override
    public boolean read(String name) {
        switch (name) {
            case "className" -> in.className("DeltaTraceDatabase");
            case "revision" -> revision = in.longInteger();
            case "committedAt" -> committedAt = in.instant();
            case "head" -> head = in.string();
            case "hash" -> hash = in.string();
            case "collections" -> collections = in.map(() -> new StoredCollectionReader().read());
            default -> {
                return false;
            }
        }
        return true;
    }

    private final class StoredCollectionReader implements JsonCursor.FieldHandler {

        private final CollectionReader plain = new CollectionReader(in);
        private long createdAt = -1;
        private long nextRow = -1;
        private List<Run> runs = List.of();

        StoredCollection read() {
            in.object(this);
            return in.construct(() -> new StoredCollection(plain.contents(), createdAt, nextRow, runs));
        }

        @Override
        public boolean read(String name) {
            switch (name) {
                case "createdAt" -> createdAt = in.longInteger();
                case "nextRow" -> nextRow = in.longInteger();
                case "rows" -> runs = in.list(this::run);
                default -> {
                    return plain.read(name);
                }
            }
            return true;
        }

        private Run run() {
            List<Long> ends = in.list(in::longInteger);
            if (ends.size() != 2) {
                throw in.failure("A run of rows is two numbers");
            }
            return new Run(ends.get(0), ends.get(1));
        }
    }
}
