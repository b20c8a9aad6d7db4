package io.deltatrace.json;

import io.deltatrace.document.Document;
import io.deltatrace.query.RestoreRequest;
import java.util.List;

/** Reads what a collection holds. */
final class CollectionReader implements JsonCursor.FieldHandler {

    private final JsonCursor in;
    private List<Document> documents = List.of();
    private long serialNumber;

    CollectionReader(JsonCursor in) {
        this.in = in;
    }

    RestoreRequest.Contents read() {
        in.object(this);
        return in.construct(() -> new RestoreRequest.Contents(documents, serialNumber));
    }

    @Override
    public boolean read(String name) {
        switch (name) {
            case "className" -> in.className("Collection");
            case "data" -> documents = in.list(in::document);
            case "serialNum" -> serialNumber = in.longInteger();
            default -> {
                return false;
            }
        }
        return true;
    }
}
