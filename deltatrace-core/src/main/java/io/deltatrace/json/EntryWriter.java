package io.deltatrace.json;

import io.deltatrace.history.HistoryEntry;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Writes an entry of the history as a line of the journal, all but its hash. */
final class EntryWriter {

    /** Always as many digits, so that entries sort by their text; commits are in microseconds. */
    private static final DateTimeFormatter MICROSECONDS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);

    private final JsonSink out;

    EntryWriter(JsonSink out) {
        this.out = out;
    }

    void write(HistoryEntry entry, String previousHash) {
        out.generator().writeStartObject();
        out.number("revision", entry.revision());
        out.text("at", MICROSECONDS.format(entry.committedAt()));
        if (entry.clockSetBackTo() != null) {
            out.text("clockSetBackTo", MICROSECONDS.format(entry.clockSetBackTo()));
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
