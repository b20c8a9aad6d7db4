package io.deltatrace.json;

import io.deltatrace.document.JsonFormatException;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.document.JsonStreams;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.query.Request;
import io.deltatrace.query.RestoreRequest;
import io.deltatrace.result.Result;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.JacksonIOException;

/**
 * The wire codec. Reading is tolerant: unknown fields are ignored, absent ones take their default, fields may come in any
 * order. Writing always emits every field. Both are streaming; no application's mapper has a say. Thread-safe.
 *
 * <p>What cannot be read is a {@link JsonFormatException} with line, column and JSON pointer. I/O errors of a given stream
 * come as {@link UncheckedIOException}. Streams are closed.
 */
public final class Json {

    private final JsonLimits limits;

    /** A codec that reads what is within the limits. */
    public Json(JsonLimits limits) {
        this.limits = limits;
    }

    /** The request that a text describes. */
    public Request readRequest(String json) {
        return read(() -> JsonStreams.parser(json), in -> new RequestReader(in).read());
    }

    /** The request that a stream describes. */
    public Request readRequest(InputStream json) {
        return read(() -> JsonStreams.parser(new CheckedSource(json)), in -> new RequestReader(in).read());
    }

    /** The result that a text describes. */
    public Result readResult(String json) {
        return read(() -> JsonStreams.parser(json), in -> new ResultReader(in).read());
    }

    /** The collections of a whole database ({@code .dtdb}), by name. */
    public Map<String, RestoreRequest.Contents> readDatabase(InputStream json) {
        return read(() -> JsonStreams.parser(new CheckedSource(json)), in -> {
            AtomicReference<Map<String, RestoreRequest.Contents>> collections = new AtomicReference<>();
            in.object(name -> {
                switch (name) {
                    case "className" -> in.className("DeltaTraceDatabase");
                    case "collections" -> collections.set(in.map(() -> new CollectionReader(in).read()));
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            if (collections.get() == null) {
                throw in.failure("A DeltaTraceDatabase needs 'collections'");
            }
            return collections.get();
        });
    }

    /** What a single collection holds. */
    public RestoreRequest.Contents readCollection(InputStream json) {
        return read(() -> JsonStreams.parser(new CheckedSource(json)), in -> new CollectionReader(in).read());
    }

    /** The state that is stored in a stream. */
    public StoredState readState(InputStream json) {
        return read(() -> JsonStreams.parser(new CheckedSource(json)), in -> new StateReader(in).read());
    }

    /** Writes a state to be stored. */
    public void writeState(StoredState state, OutputStream target) {
        write(JsonStreams.generator(target), out -> new RequestWriter(out).state(state));
    }

    /** The entry that a line of the journal describes; its place in the chain is taken as the line says. */
    public HistoryEntry readEntry(byte[] line) {
        return read(() -> JsonStreams.parser(line), in -> new EntryReader(in).read());
    }

    /** Writes an entry as a line of the journal, without its hash and without an end of line. */
    public void writeEntry(HistoryEntry entry, String previousHash, OutputStream target) {
        write(JsonStreams.generator(target), out -> new EntryWriter(out).write(entry, previousHash));
    }

    /** The text of a request. */
    public String toJson(Request request) {
        return write(out -> new RequestWriter(out).write(request));
    }

    /** The text of a result. */
    public String toJson(Result result) {
        return write(out -> new ResultWriter(out).write(result));
    }

    /** Writes a request. */
    public void write(Request request, OutputStream target) {
        write(JsonStreams.generator(target), out -> new RequestWriter(out).write(request));
    }

    /** Writes a result, without ever having the whole text in memory. */
    public void write(Result result, OutputStream target) {
        write(JsonStreams.generator(target), out -> new ResultWriter(out).write(result));
    }

    /** Writes a whole database ({@code .dtdb}). */
    public void writeDatabase(Map<String, RestoreRequest.Contents> collections, OutputStream target) {
        write(
                JsonStreams.generator(target),
                out -> out.object(
                        "DeltaTraceDatabase",
                        "16",
                        () -> out.map("collections", collections, new RequestWriter(out)::collection)));
    }

    /** Writes a single collection. */
    public void writeCollection(RestoreRequest.Contents contents, OutputStream target) {
        write(JsonStreams.generator(target), out -> new RequestWriter(out).collection(contents));
    }

    /**
     * The text of the failure that answers a request which could not be read. It is a transaction's result if the request
     * was meant as a transaction, and repeats collection and type as far as they can be made out.
     */
    public String failureFor(String unreadableRequest, String errorMessage) {
        return write(out -> UnreadableRequest.of(() -> JsonStreams.parser(unreadableRequest))
                .writeFailure(out, errorMessage));
    }

    /** As {@link #failureFor(String, String)}, from a stream to another; both are closed. */
    public void writeFailureFor(InputStream unreadableRequest, String errorMessage, OutputStream target) {
        UnreadableRequest unreadable = UnreadableRequest.of(() -> JsonStreams.parser(unreadableRequest));
        write(JsonStreams.generator(target), out -> unreadable.writeFailure(out, errorMessage));
    }

    private <T> T read(Supplier<JsonParser> source, Function<JsonCursor, T> content) {
        try (JsonParser parser = source.get()) {
            return read(parser, content);
        } catch (JacksonIOException e) {
            throw JsonFormatException.undecodable(e);
        }
    }

    private <T> T read(JsonParser parser, Function<JsonCursor, T> content) {
        try {
            parser.nextToken();
            JsonCursor cursor = new JsonCursor(parser, limits);
            T read = content.apply(cursor);
            if (parser.nextToken() != null) {
                throw cursor.failure("Unexpected text after the end");
            }
            return read;
        } catch (JacksonIOException e) {
            throw e;
        } catch (JacksonException e) {
            throw JsonFormatException.of(parser, e);
        }
    }

    private static String write(Consumer<JsonSink> content) {
        StringWriter text = new StringWriter();
        write(JsonStreams.generator(text), content);
        return text.toString();
    }

    private static void write(JsonGenerator target, Consumer<JsonSink> content) {
        try (JsonGenerator generator = target) {
            content.accept(new JsonSink(generator));
        } catch (JacksonIOException e) {
            throw new UncheckedIOException(e.getCause());
        }
    }
}
