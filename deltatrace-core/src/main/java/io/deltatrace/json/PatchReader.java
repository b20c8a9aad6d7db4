package io.deltatrace.json;

import io.deltatrace.document.Document;
import io.deltatrace.query.RevertRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what a revert does to a collection: the row ids, and beside them what they hold. */
final class PatchReader implements JsonCursor.FieldHandler {

    private final JsonCursor in;
    private @Nullable String collection;
    private long createdAt;
    private RevertRequest.Patch.@Nullable Kind kind;
    private long serialNumber;
    private long nextRow;
    private List<Long> rows = List.of();
    private final List<@Nullable Document> documents = new ArrayList<>();

    PatchReader(JsonCursor in) {
        this.in = in;
    }

    RevertRequest.Patch read() {
        in.object(this);
        String name = collection;
        RevertRequest.Patch.Kind what = kind;
        if (name == null || what == null || rows.size() != documents.size()) {
            throw in.failure("A Patch needs 'collection', 'kind', and as many rows as documents");
        }
        SortedMap<Long, @Nullable Document> byRow = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            byRow.put(rows.get(i), documents.get(i));
        }
        return in.construct(() -> new RevertRequest.Patch(name, createdAt, what, serialNumber, nextRow, byRow));
    }

    @Override
    public boolean read(String name) {
        switch (name) {
            case "className" -> in.className("Patch");
            case "collection" -> collection = in.string();
            case "createdAt" -> createdAt = in.longInteger();
            case "kind" ->
                kind = in.named("kind", RevertRequest.Patch.Kind.values(), RevertRequest.Patch.Kind::wireName);
            case "serialNum" -> serialNumber = in.longInteger();
            case "nextRow" -> nextRow = in.longInteger();
            case "rows" -> rows = in.list(in::longInteger);
            case "data" -> in.elements(() -> documents.add(in.orNull(in::document)));
            default -> {
                return false;
            }
        }
        return true;
    }
}
