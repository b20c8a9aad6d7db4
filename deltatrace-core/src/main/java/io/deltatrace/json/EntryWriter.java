package io.deltatrace.json;

import io.deltatrace.document.Timestamps;
import io.deltatrace.history.HistoryEntry;

/** Writes an entry of the history as a line of the journal, all but its hash. */
final class EntryWriter {

    private final JsonSink out;

    EntryWriter(JsonSink out) {
        this.out = out;
    }

    void write(HistoryEntry entry, String previousHash) {
        out.generator().writeStartObject();
        out.number("revision", entry.revision());
        out.text("at", Timestamps.formatMicros(entry.committedAt()));
        if (entry.clockSetBackTo() != null) {
            out.text("clockSetBackTo", Timestamps.formatMicros(entry.clockSetBackTo()));
        }
        out.text("outcome", entry.outcome().wireName());
        out.array("effects", entry.effects(), this::effect);
        out.text("errorMessage", entry.errorMessage());
        out.field("request", entry.request(), new RequestWriter(out)::writeWithCause);
        out.text("prev", previousHash);
        out.generator().writeEndObject();
    }

    private void effect(HistoryEntry.Effect effect) {
        out.generator().writeStartObject();
        out.text("collection", effect.collection());
        out.text("type", effect.type().wireName());
        out.number("updateCount", effect.updateCount());
        out.number("collectionSize", effect.collectionSize());
        out.generator().writeEndObject();
    }
}
