package io.deltatrace.json;

import io.deltatrace.document.Document;
import io.deltatrace.query.RestoreRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a collection holds. */
final class CollectionReader implements JsonCursor.FieldHandler {

    private final JsonCursor in;
    private @Nullable List<Document> documents;
    private long serialNumber;

    CollectionReader(JsonCursor in) {
        this.in = in;
    }

    RestoreRequest.Contents read() {
        in.object(this);
        return contents();
    }

    /** What the fields that were read so far say. */
    RestoreRequest.Contents contents() {
        List<Document> data = documents;
        if (data == null) {
            throw in.failure("A Collection needs 'data'");
        }
        return in.construct(() -> new RestoreRequest.Contents(data, serialNumber));
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
