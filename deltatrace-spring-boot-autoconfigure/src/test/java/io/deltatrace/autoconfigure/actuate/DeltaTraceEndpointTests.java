package io.deltatrace.autoconfigure.actuate;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.autoconfigure.actuate.DeltaTraceEndpoint.CollectionDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceEndpoint.DatabaseDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceEndpoint.IndexDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.ActorDescriptor;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.index.Index;
import io.deltatrace.query.Merge;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.storage.Durability;
import io.deltatrace.storage.StorageStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DeltaTraceEndpointTests {

    private final DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();
    private final DeltaTraceEndpoint endpoint = new DeltaTraceEndpoint(database, null);

    @AfterEach
    void close() {
        database.close();
    }

    private long lastChangeOf(String collection) {
        return endpoint.database().collections().get(collection).lastChange().revision();
    }

    @Test
    void newDatabase_hasNoHeadAndNoCollections() {
        DatabaseDescriptor descriptor = endpoint.database();

        assertThat(descriptor.revision()).isZero();
        assertThat(descriptor.chainHead()).isNull();
        assertThat(descriptor.storage().kind()).isEqualTo("memory");
        assertThat(descriptor.collections()).isEmpty();
    }

    @Test
    void collections_areDescribed() {
        database.execute(Query.add("users", Map.of("id", -1, "name", "Taro"), Map.of("id", -1, "name", "Jiro"))
                .serialKey("id")
                .because(Cause.of(Actor.human("alice").named("Alice", null), null, null)));
        database.execute(Query.add("cities", Map.of("name", "Nara")));

        DatabaseDescriptor descriptor = endpoint.database();

        assertThat(descriptor.revision()).isEqualTo(2);
        assertThat(descriptor.chainHead()).isEqualTo(database.history().checkpoint());
        assertThat(descriptor.collections()).containsOnlyKeys("users", "cities");
        CollectionDescriptor users = descriptor.collections().get("users");
        assertThat(users.documents()).isEqualTo(2);
        assertThat(users.serial()).isEqualTo(2);
        assertThat(users.estimatedBytes())
                .isEqualTo(database.snapshot().statistics("users").orElseThrow().estimatedBytes())
                .isPositive();
        assertThat(users.lastChange().revision()).isEqualTo(1);
        assertThat(users.lastChange().at()).isNotNull();
        assertThat(users.lastChange().who()).isEqualTo(new ActorDescriptor("human", "alice", "Alice"));
        assertThat(users.fields()).isNull();
    }

    @Test
    void oneCollection_isDescribedWithItsFields() {
        database.execute(Query.add(
                "users",
                Map.of("name", "Taro", "address", Map.of("city", "Nara")),
                Map.of("name", "Jiro", "address", Map.of())));

        CollectionDescriptor users = endpoint.collection("users");

        assertThat(users.documents()).isEqualTo(2);
        assertThat(users.lastChange().revision()).isEqualTo(1);
        assertThat(users.fields()).isEqualTo(Map.of("name", 2L, "address", 2L, "address.city", 1L));
        assertThat(users.allFields()).isTrue();
        assertThat(endpoint.collection("nobody")).isNull();
    }

    @Test
    void indexes_areDescribed_withTheirUses() {
        try (DeltaTraceDatabase indexed = DeltaTraceDatabase.builder()
                .index("users", Index.hash("email").unique())
                .index("users", Index.ordered("age"))
                .build()) {
            indexed.execute(Query.add("users", Map.of("email", "a", "age", 1), Map.of("email", "b", "age", 1)));
            indexed.execute(Query.search("users").where(field("email").equalTo("a")));

            assertThat(new DeltaTraceEndpoint(indexed, null)
                            .database()
                            .collections()
                            .get("users")
                            .indexes())
                    .containsExactly(
                            new IndexDescriptor("email", Index.Kind.HASH, true, 2, 1),
                            new IndexDescriptor("age", Index.Kind.ORDERED, false, 1, 0));
        }
    }

    @Test
    void lastChange_isNotAnEntryThatOnlyNamesTheCollection() {
        database.execute(Query.add("users", Map.of("id", 1)));
        database.execute(Query.clear("users"), Map.of());
        database.execute(Query.delete("users").where(field("id").equalTo(9)));
        database.execute(Query.delete("users").where(field("id").equalTo(9)).mayAffectNone());
        database.execute(Query.merge(Merge.of("users", "id", "report", Map.of("id", "base.id"))));
        for (int i = 0; i < 150; i++) {
            database.execute(TransactionQuery.of(Query.getAll("users"), Query.add("orders", Map.of("id", i))));
        }

        assertThat(lastChangeOf("users")).isEqualTo(1);
        assertThat(lastChangeOf("report")).isEqualTo(5);
        assertThat(lastChangeOf("orders")).isEqualTo(155);
        database.undo(1, Cause.of(Actor.human("alice"), null, null));
        assertThat(lastChangeOf("users")).isEqualTo(156);
    }

    @Test
    void changeThatIsNotRetained_isNotTold() {
        try (DeltaTraceDatabase forgetful =
                DeltaTraceDatabase.builder().historyLimit(2).build()) {
            forgetful.execute(Query.add("users", Map.of("id", 1)));
            for (int i = 0; i < 10; i++) {
                forgetful.execute(Query.add("others", Map.of("id", 1)));
            }

            assertThat(new DeltaTraceEndpoint(forgetful, null)
                            .collection("users")
                            .lastChange())
                    .isNull();
        }
    }

    @Test
    void files_areDescribed(@TempDir Path directory) {
        try (DeltaTraceDatabase onFiles = DeltaTraceDatabase.open(directory)) {
            onFiles.execute(Query.add("users", Map.of("id", 1)));
            onFiles.saveSnapshot();
            StorageStatus status = onFiles.storage().orElseThrow();

            DatabaseDescriptor descriptor = new DeltaTraceEndpoint(onFiles, null).database();

            assertThat(descriptor.storage().kind()).isEqualTo("files");
            assertThat(descriptor.storage().durability()).isEqualTo(Durability.ALWAYS);
            assertThat(descriptor.storage().readOnly()).isFalse();
            assertThat(descriptor.storage().lastSync()).isEqualTo(status.lastSync());
            assertThat(descriptor.storage().bytes())
                    .isEqualTo(status.journalBytes() + status.snapshotBytes())
                    .isGreaterThan(status.journalBytes());
            assertThat(descriptor.chainHead().revision()).isEqualTo(1);
        }
        try (DeltaTraceDatabase looked = DeltaTraceDatabase.openReadOnly(directory)) {
            DatabaseDescriptor descriptor = new DeltaTraceEndpoint(looked, null).database();

            assertThat(descriptor.storage().readOnly()).isTrue();
            assertThat(descriptor.storage().lastSync()).isNull();
            assertThat(descriptor.chainHead().revision()).isEqualTo(1);
        }
    }

    /** Others are warned of in the log. */
    @Test
    void idsOfEndpoints_areOfLettersOnly() {
        for (Class<?> type : List.of(
                DeltaTraceEndpoint.class, DeltaTraceHistoryEndpoint.class, DeltaTraceVerificationEndpoint.class)) {
            assertThat(type.getAnnotation(Endpoint.class).id()).matches("[a-z]+");
        }
    }

    @Test
    void endpoints_backOffForTheApplicationsOwn() {
        ApplicationContextRunner contexts = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DeltaTraceAutoConfiguration.class, DeltaTraceEndpointAutoConfiguration.class))
                .withPropertyValues("management.endpoints.web.exposure.include=*");
        contexts.run(context -> assertThat(context)
                .hasSingleBean(DeltaTraceEndpoint.class)
                .hasSingleBean(DeltaTraceHistoryEndpoint.class)
                .hasSingleBean(DeltaTraceHistoryEndpointWebExtension.class)
                .hasSingleBean(DeltaTraceVerificationEndpoint.class));
        contexts.withBean("own", DeltaTraceEndpoint.class, () -> endpoint)
                .withBean(
                        "ownVerification",
                        DeltaTraceVerificationEndpoint.class,
                        () -> new DeltaTraceVerificationEndpoint(database))
                .run(context -> assertThat(context)
                        .hasSingleBean(DeltaTraceEndpoint.class)
                        .hasSingleBean(DeltaTraceVerificationEndpoint.class)
                        .doesNotHaveBean("deltaTraceEndpoint")
                        .doesNotHaveBean("deltaTraceVerificationEndpoint"));
        contexts.withPropertyValues("management.endpoint.deltatrace.access=NONE")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(DeltaTraceEndpoint.class)
                        .hasSingleBean(DeltaTraceHistoryEndpoint.class));
        contexts.withPropertyValues(
                        "management.endpoints.web.exposure.include=health",
                        "spring.jmx.enabled=true",
                        "management.endpoints.jmx.exposure.include=deltatracehistory")
                .run(context -> assertThat(context)
                        .hasSingleBean(DeltaTraceHistoryEndpoint.class)
                        .doesNotHaveBean(DeltaTraceHistoryEndpointWebExtension.class)
                        .doesNotHaveBean(DeltaTraceEndpoint.class));
    }
}
