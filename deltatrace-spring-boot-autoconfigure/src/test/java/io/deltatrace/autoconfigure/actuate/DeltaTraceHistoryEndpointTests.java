package io.deltatrace.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.ActorDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.EffectDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.EntryDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.EntryDetailDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.HistoryDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.VersionDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.VersionsDescriptor;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.TemporalTrace;
import io.deltatrace.condition.Field;
import io.deltatrace.document.Document;
import io.deltatrace.history.ChangeKind;
import io.deltatrace.history.FieldChange;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.storage.Retention;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DeltaTraceHistoryEndpointTests {

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DeltaTraceAutoConfiguration.class, DeltaTraceEndpointAutoConfiguration.class))
            .withPropertyValues("management.endpoints.web.exposure.include=deltatracehistory");

    /** An endpoint and its database. */
    private interface Use {
        void of(DeltaTraceHistoryEndpoint endpoint, DeltaTraceDatabase database);
    }

    private void withEndpoint(Use use, String... properties) {
        contexts.withPropertyValues(properties)
                .run(context -> use.of(
                        context.getBean(DeltaTraceHistoryEndpoint.class), context.getBean(DeltaTraceDatabase.class)));
    }

    private static HistoryDescriptor page(DeltaTraceHistoryEndpoint endpoint, String before, String limit) {
        return endpoint.history(null, null, null, null, null, null, before, limit);
    }

    private static List<Long> revisions(HistoryDescriptor page) {
        return page.entries().stream().map(EntryDescriptor::revision).toList();
    }

    @Test
    void entry_tellsWhoDidWhatAndWhy() {
        withEndpoint((endpoint, database) -> {
            database.execute(Query.add("users", Map.of("name", "secret"))
                    .because(Cause.of(Actor.human("alice").named("Alice", null), "new customer", "signed up")
                            .withFrom("shop")
                            .withSerial("s-1")
                            .withWhen(TemporalTrace.at(Instant.EPOCH, "browser"))
                            .withConfidence(0.5)));

            HistoryDescriptor history = page(endpoint, null, null);

            assertThat(history.entries()).hasSize(1);
            EntryDescriptor entry = history.entries().get(0);
            assertThat(entry.revision()).isEqualTo(1);
            assertThat(entry.outcome()).isEqualTo("applied");
            assertThat(entry.collections()).containsExactly("users");
            assertThat(entry.types()).containsExactly("add");
            assertThat(entry.who()).isEqualTo(new ActorDescriptor("human", "alice", "Alice"));
            assertThat(entry.what()).isEqualTo("new customer");
            assertThat(entry.why()).isEqualTo("signed up");
            assertThat(entry.from()).isEqualTo("shop");
            assertThat(entry.serial()).isEqualTo("s-1");
            assertThat(entry.when())
                    .containsExactly(new DeltaTraceHistoryEndpoint.TraceDescriptor(Instant.EPOCH, "browser"));
            assertThat(entry.confidenceScore()).isEqualTo(0.5);
            assertThat(entry.updateCount()).isEqualTo(1);
            assertThat(entry.effects()).containsExactly(new EffectDescriptor("users", "add", 1, 1));
            assertThat(history.next()).isNull();
            assertThat(history.toString()).doesNotContain("secret");
        });
    }

    @Test
    void parameters_filter() {
        withEndpoint((endpoint, database) -> {
            database.execute(Query.add("a", Map.of("n", 1)).because(Cause.of(Actor.human("alice"), null, null)));
            database.execute(Query.add("b", Map.of("n", 1)).because(Cause.of(Actor.human("bob"), null, null)));
            database.execute(Query.clear("a").because(Cause.of(Actor.human("bob"), null, null)));
            database.execute(Query.clear("a"));
            List<EntryDescriptor> all = page(endpoint, null, null).entries();
            assertThat(all).extracting(EntryDescriptor::revision).containsExactly(4L, 3L, 2L, 1L);
            String second = all.get(2).at().toString();

            assertThat(revisions(endpoint.history("a", null, null, null, null, null, null, null)))
                    .containsExactly(4L, 3L, 1L);
            assertThat(revisions(endpoint.history(null, "bob", null, null, null, null, null, null)))
                    .containsExactly(3L, 2L);
            assertThat(revisions(endpoint.history(null, null, "CLEAR", null, null, null, null, null)))
                    .containsExactly(4L, 3L);
            assertThat(revisions(endpoint.history(null, null, null, "failed", null, null, null, null)))
                    .containsExactly(4L);
            assertThat(revisions(endpoint.history(null, null, null, null, second, null, null, null)))
                    .containsAll(List.of(4L, 3L, 2L))
                    .isEqualTo(all.stream()
                            .filter(entry -> !entry.at().isBefore(all.get(2).at()))
                            .map(EntryDescriptor::revision)
                            .toList());
            assertThat(revisions(endpoint.history(null, null, null, null, null, second, null, null)))
                    .isEqualTo(all.stream()
                            .filter(entry -> entry.at().isBefore(all.get(2).at()))
                            .map(EntryDescriptor::revision)
                            .toList());
            assertThat(revisions(endpoint.history("a", "bob", "clear", "applied", null, null, "4", "1")))
                    .containsExactly(3L);
        });
    }

    @Test
    void pages_followEachOther_andTheLastOneSaysSo() {
        withEndpoint((endpoint, database) -> {
            for (int i = 0; i < 100; i++) {
                database.execute(Query.add(i % 2 == 0 ? "even" : "odd", Map.of("i", i)));
            }
            HistoryDescriptor first = page(endpoint, null, null);
            HistoryDescriptor second = page(endpoint, Long.toString(first.next()), null);

            assertThat(first.entries()).hasSize(50);
            assertThat(second.entries()).hasSize(50);
            assertThat(second.entries().get(0).revision()).isEqualTo(50);
            assertThat(second.next()).isNull();
            assertThat(page(endpoint, null, "1000").entries()).hasSize(100);
            HistoryDescriptor odd = endpoint.history("odd", "system", null, null, null, null, "50", "2");
            assertThat(revisions(odd)).containsExactly(48L, 46L);
            assertThat(odd.next()).isEqualTo(46);
        });
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "type, drop, \"type must be one of add, update, updateOne, delete, deleteOne, search, searchOne, getAll,"
                        + " conformToTemplate, renameField, count, clear, clearAdd, removeCollection, merge, not 'drop'\"",
                "outcome, lost, \"outcome must be one of applied, failed, denied, read, not 'lost'\"",
                "from, yesterday, \"from must be an instant such as 2026-01-31T12:00:00Z, not 'yesterday'\"",
                "to, 2026-01-31, \"to must be an instant such as 2026-01-31T12:00:00Z, not '2026-01-31'\"",
                "before, x, \"before must be a whole number, not 'x'\"",
                "limit, 0, \"limit must be from 1 to 1000, not 0\"",
                "limit, 1001, \"limit must be from 1 to 1000, not 1001\"",
                "limit, 99999999999999999999, \"limit must be a whole number, not '99999999999999999999'\"",
            })
    void badParameter_isRefused_withAMessageThatSaysWhatIsRight(String name, String value, String message) {
        withEndpoint((endpoint, database) -> {
            Map<String, String> given = Map.of(name, value);
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                    .isThrownBy(() -> endpoint.history(
                            null,
                            null,
                            given.get("type"),
                            given.get("outcome"),
                            given.get("from"),
                            given.get("to"),
                            given.get("before"),
                            given.get("limit")))
                    .withMessage(message);
        });
    }

    @Test
    void instants_mayHaveAnOffset() {
        withEndpoint((endpoint, database) -> {
            database.execute(Query.add("a", Map.of("n", 1)));

            assertThat(endpoint.history(null, null, null, null, "2020-01-01T09:00:00+09:00", null, null, null)
                            .entries())
                    .hasSize(1);
        });
    }

    @Test
    void entryOfOneRevision_hasItsRequestAndItsDiff() {
        withEndpoint(
                (endpoint, database) -> {
                    database.execute(Query.add("users", Map.of("id", 1, "name", "Taro")));
                    database.execute(Query.update("users", Map.of("name", "Jiro"))
                            .where(Field.field("id").equalTo(1)));
                    database.execute(Query.removeCollection("users"));
                    database.execute(Query.clear("users"));

                    var added = endpoint.entry("1");
                    assertThat(added.diff().createdCollections()).containsExactly("users");
                    assertThat(added.diff().documents().get(0).kind()).isEqualTo(ChangeKind.ADDED);
                    var updated = endpoint.entry("2");
                    assertThat(updated.entry().revision()).isEqualTo(2);
                    assertThat(updated.request())
                            .contains(entry("className", "Query"), entry("target", "users"), entry("type", "update"));
                    assertThat(updated.diff().documents().get(0).fields())
                            .containsExactly(new FieldChange("name", ChangeKind.CHANGED, "Taro", "Jiro"));
                    assertThat(endpoint.entry("3").diff().removedCollections()).containsExactly("users");
                    assertThat(endpoint.entry("4").diff().documents()).isEmpty();
                    assertThat(endpoint.entry("4").diffNotAvailable()).isNull();
                    assertThat(endpoint.entry("5")).isNull();
                    assertThat(endpoint.entry("0")).isNull();
                    assertThatExceptionOfType(InvalidEndpointRequestException.class)
                            .isThrownBy(() -> endpoint.entry("users"))
                            .withMessage("revision must be a whole number, not 'users'");
                },
                "deltatrace.history.show-values=always");
    }

    @Test
    void entryThatIsNotRetained_isNotThere() {
        withEndpoint(
                (endpoint, database) -> {
                    for (int i = 0; i < 20; i++) {
                        database.execute(Query.add("users", Map.of("id", i)));
                    }

                    assertThat(endpoint.entry("10")).isNull();
                    assertThat(endpoint.entry("20").diff().changedDocuments()).isEqualTo(1);
                },
                "deltatrace.history.limit=5");
    }

    /** Whole files of the journal go, so that some entries stay whose states are not kept. */
    @Test
    void stateThatIsNotRetained_isSaid(@TempDir Path directory) {
        withEndpoint(
                (endpoint, database) -> {
                    for (int i = 0; i < 100; i++) {
                        database.execute(Query.add("users", Map.of("id", i)));
                    }
                    long oldestState = database.retain(Retention.entries(50));
                    long oldestEntry = database.storage().orElseThrow().firstRevision();
                    assertThat(oldestEntry).isBetween(2L, oldestState);

                    EntryDetailDescriptor oldest = endpoint.entry(Long.toString(oldestEntry));
                    assertThat(oldest.entry().revision()).isEqualTo(oldestEntry);
                    assertThat(oldest.diff()).isNull();
                    assertThat(oldest.diffNotAvailable()).contains("states are kept from revision " + oldestState);
                    EntryDetailDescriptor later = endpoint.entry(Long.toString(oldestState + 1));
                    assertThat(later.diff().changedDocuments()).isEqualTo(1);
                    assertThat(later.diffNotAvailable()).isNull();
                    assertThat(endpoint.entry(Long.toString(oldestEntry - 1))).isNull();
                },
                "deltatrace.storage.directory=" + directory,
                "deltatrace.storage.segment-size=8KB",
                "deltatrace.storage.durability=os",
                "deltatrace.history.limit=5");
    }

    @Test
    void versions_areThoseOfTheDocumentWithTheKey_newestFirst() {
        withEndpoint(
                (endpoint, database) -> {
                    database.execute(
                            Query.add("users", Map.of("id", 7, "name", "Taro"), Map.of("id", "x", "name", "X")));
                    database.execute(Query.update("users", Map.of("name", "Jiro"))
                            .where(Field.field("id").equalTo(7)));
                    database.execute(Query.update("users", Map.of("name", "Y"))
                            .where(Field.field("id").equalTo("x")));
                    database.execute(
                            Query.delete("users").where(Field.field("id").equalTo(7)));

                    VersionsDescriptor versions = endpoint.versions("users", "7", null, null);
                    assertThat(versions.versions())
                            .extracting(
                                    version -> version.entry().revision(),
                                    version -> version.change().kind())
                            .containsExactly(
                                    org.assertj.core.groups.Tuple.tuple(4L, ChangeKind.REMOVED),
                                    org.assertj.core.groups.Tuple.tuple(2L, ChangeKind.CHANGED),
                                    org.assertj.core.groups.Tuple.tuple(1L, ChangeKind.ADDED));
                    assertThat(versions.versions().get(0).document()).isNull();
                    assertThat(versions.versions().get(1).document())
                            .isEqualTo(Document.of(Map.of("id", 7, "name", "Jiro")));
                    assertThat(versions.versions().get(1).change().fields())
                            .containsExactly(new FieldChange("name", ChangeKind.CHANGED, "Taro", "Jiro"));
                    assertThat(endpoint.versions("users", "7.0", null, null)).isEqualTo(versions);
                    assertThat(endpoint.versions("users", "x", null, null).versions())
                            .hasSize(2);
                    assertThat(endpoint.versions("users", "8", null, null)).isNull();
                    assertThat(endpoint.versions("nobody", "7", null, null)).isNull();
                    assertThat(endpoint.versions("users", "1e999999999", null, null))
                            .isNull();
                },
                "deltatrace.history.show-values=always");
    }

    @Test
    void key_isTheOneOfTheCollection() {
        withEndpoint(
                (endpoint, database) -> {
                    database.execute(Query.add("countries", Map.of("code", Map.of("iso", "JP"), "id", 1)));
                    database.execute(Query.add("odd.name", Map.of("number", "JP")));
                    database.execute(Query.add("cities", Map.of("id", "JP")));

                    for (String collection : List.of("countries", "odd.name", "cities")) {
                        assertThat(endpoint.versions(collection, "JP", null, null)
                                        .versions())
                                .as(collection)
                                .hasSize(1);
                    }
                    assertThat(endpoint.versions("countries", "1", null, null)).isNull();
                },
                "deltatrace.collections.countries.key=code.iso",
                "deltatrace.collections.[odd.name].key=number");
        contexts.withPropertyValues("deltatrace.collections.countries.key= ")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("deltatrace.collections.<name>.key must be the name of a field"));
    }

    /** One entry changes all three documents with the key, and no page ends in the middle of it. */
    @Test
    void pagesOfVersions_followEachOther() {
        withEndpoint((endpoint, database) -> {
            Map<String, Object> document = Map.of("id", 1, "n", 0);
            database.execute(Query.add("users", document, document, document));
            for (int n = 1; n <= 4; n++) {
                database.execute(Query.update("users", Map.of("n", n))
                        .where(Field.field("id").equalTo(1)));
            }
            database.execute(TransactionQuery.of(
                    Query.delete("users").where(Field.field("id").equalTo(1))));

            List<Long> seen = new ArrayList<>();
            String next = null;
            for (int page = 1; page <= 6; page++) {
                VersionsDescriptor versions = endpoint.versions("users", "1", next, "2");
                assertThat(versions.versions()).hasSize(3);
                versions.versions().forEach(version -> seen.add(version.entry().revision()));
                assertThat(versions.next() == null).isEqualTo(page == 6);
                next = String.valueOf(versions.next());
            }

            assertThat(seen).containsExactly(6L, 6L, 6L, 5L, 5L, 5L, 4L, 4L, 4L, 3L, 3L, 3L, 2L, 2L, 2L, 1L, 1L, 1L);
        });
    }

    @Test
    void versionOlderThanTheRetainedHistory_hasNoEntry() {
        withEndpoint(
                (endpoint, database) -> {
                    database.execute(Query.add("users", Map.of("id", 1, "name", "Taro")));
                    for (int i = 0; i < 10; i++) {
                        database.execute(Query.add("others", Map.of("id", i)));
                    }

                    VersionsDescriptor versions = endpoint.versions("users", "1", null, null);

                    assertThat(versions.versions()).hasSize(1);
                    VersionDescriptor version = versions.versions().get(0);
                    assertThat(version.entry()).isNull();
                    assertThat(version.change()).isNull();
                    assertThat(version.document()).isEqualTo(Document.of(Map.of("id", "******", "name", "******")));
                },
                "deltatrace.history.limit=2");
    }

    @Test
    void endpoint_isNotThere_ifItIsNotClearWhoseHistoryItWouldTell() {
        contexts.withBean("one", DeltaTraceDatabase.class, DeltaTraceDatabase::inMemory)
                .withBean("other", DeltaTraceDatabase.class, DeltaTraceDatabase::inMemory)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DeltaTraceHistoryEndpoint.class));
    }

    @Test
    void endpoint_isNotThere_whenNotExposed() {
        contexts.withPropertyValues("management.endpoints.web.exposure.include=health")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(DeltaTraceHistoryEndpoint.class)
                        .doesNotHaveBean(DeltaTraceHistoryEndpointWebExtension.class));
    }

    @Test
    void endpoint_isNotThere_withoutADatabase() {
        contexts.withPropertyValues("deltatrace.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(DeltaTraceHistoryEndpoint.class));
    }

    @Test
    void endpoints_areNotThere_withoutActuator() {
        contexts.withClassLoader(new FilteredClassLoader(Endpoint.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean("deltaTraceEndpoint")
                        .doesNotHaveBean("deltaTraceHistoryEndpoint")
                        .doesNotHaveBean("deltaTraceHistoryEndpointWebExtension")
                        .doesNotHaveBean("deltaTraceVerificationEndpoint"));
    }
}
