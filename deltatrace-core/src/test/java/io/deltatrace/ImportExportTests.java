package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.JsonFormatException;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.query.Query;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportExportTests {

    private static final Cause CAUSE = Cause.of(Actor.human("alice"), "restore", "the nightly backup");

    private final DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();

    @Test
    void wholeDatabase_isExportedAndImportedWithItsSerials() {
        fill(database);
        String exported = export(database);
        DeltaTraceDatabase other = DeltaTraceDatabase.inMemory();
        other.execute(Query.add("gone", Map.of("n", 1)));

        other.importFrom(bytes(exported), CAUSE);

        assertThat(export(other)).isEqualTo(exported);
        assertThat(other.snapshot().hash()).isEqualTo(database.snapshot().hash());
        assertThat(other.collections()).containsExactly("users", "orders");
        assertThat(other.execute(Query.add("users", Map.of("id", -1))
                                .serialKey("id")
                                .returnData())
                        .documents()
                        .get(0)
                        .get("id"))
                .isEqualTo(2L);
    }

    @Test
    void export_hasTheFormOfTheOriginal() {
        database.execute(Query.add("users", Map.of("id", -1)).serialKey("id"));

        assertThat(export(database))
                .isEqualTo("{\"className\":\"DeltaTraceDatabase\",\"version\":\"16\",\"collections\":{\"users\":"
                        + "{\"className\":\"Collection\",\"version\":\"17\",\"data\":[{\"id\":0}],\"serialNum\":1}}}");
    }

    @Test
    void singleCollection_isExportedAndImported_andTheOthersStay() {
        fill(database);
        ByteArrayOutputStream users = new ByteArrayOutputStream();
        database.exportCollection("users", users);
        DeltaTraceDatabase other = DeltaTraceDatabase.inMemory();
        other.execute(Query.add("orders", Map.of("own", true)));

        other.importCollection("people", new ByteArrayInputStream(users.toByteArray()), CAUSE);

        assertThat(other.collections()).containsExactly("orders", "people");
        assertThat(other.snapshot().size("people")).isEqualTo(2);
        assertThat(other.snapshot().execute(Query.getAll("orders")).documents())
                .singleElement()
                .hasToString("{\"own\":true}");
    }

    @Test
    void import_isAnEntryOfTheHistoryLikeAnyOther() {
        database.execute(Query.add("gone", Map.of("n", 1)));

        database.importFrom(bytes("{\"collections\":{\"users\":{\"data\":[{\"n\":1}]}}}"), CAUSE);

        HistoryEntry entry =
                database.history().entries(HistoryFilter.all().limit(1)).get(0);
        assertThat(entry.revision()).isEqualTo(2);
        assertThat(entry.request().cause()).isEqualTo(CAUSE);
        assertThat(entry.effects())
                .containsExactly(
                        new HistoryEntry.Effect("users", QueryType.CLEAR_ADD, 1, 1),
                        new HistoryEntry.Effect("gone", QueryType.REMOVE_COLLECTION, 1, 0));
    }

    @Test
    void unreadableImport_changesNothing() {
        fill(database);
        String before = database.snapshot().hash();

        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() ->
                        database.importFrom(bytes("{\"collections\":{\"users\":{\"data\":[{\"id\":1},\n5]}}}"), CAUSE))
                .withMessage("Expected an object at line 2, column 1 (/collections/users/data/1)");
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> database.importFrom(bytes("{\"collections\":{\"users\":"), CAUSE));
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> database.importFrom(bytes("{\"className\":\"Collection\"}"), CAUSE))
                .withMessageContaining("Expected className 'DeltaTraceDatabase', not 'Collection'");
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> database.importCollection("users", bytes("{\"data\":[],\"serialNum\":-1}"), CAUSE))
                .withMessageContaining("must not be negative");
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> database.importFrom(bytes("{}"), CAUSE))
                .withMessageContaining("A DeltaTraceDatabase needs 'collections'");
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> database.importCollection("users", bytes("{}"), CAUSE))
                .withMessageContaining("A Collection needs 'data'");
        assertThat(database.snapshot().hash()).isEqualTo(before);
        assertThat(database.snapshot().revision()).isEqualTo(2);
    }

    @Test
    void errorsOfTheStreams_areUncheckedIoExceptions() {
        fill(database);
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cable pulled");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("cable pulled");
            }
        };
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        };

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> database.importFrom(broken, CAUSE))
                .withMessageContaining("cable pulled");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> database.exportTo(full))
                .withMessageContaining("disk full");
    }

    private static void fill(DeltaTraceDatabase database) {
        database.execute(Query.add("users", Map.of("id", -1), Map.of("id", -1)).serialKey("id"));
        database.execute(Query.add("orders", Map.of("total", 1.5, "name", "田中 😀")));
    }

    private static String export(DeltaTraceDatabase database) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        database.exportTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static ByteArrayInputStream bytes(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }
}
