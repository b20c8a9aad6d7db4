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
    private boolean removing;
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
        if (name == null || rows.size() != documents.size()) {
            throw in.failure("A Patch needs 'collection', and as many rows as documents");
        }
        SortedMap<Long, @Nullable Document> byRow = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            byRow.put(rows.get(i), documents.get(i));
        }
        return in.construct(() -> new RevertRequest.Patch(name, createdAt, removing, serialNumber, nextRow, byRow));
    }

    @Override
    public boolean read(String name) {
        switch (name) {
            case "className" -> in.className("Patch");
            case "collection" -> collection = in.string();
            case "createdAt" -> createdAt = in.longInteger();
            case "removing" -> removing = in.bool();
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
