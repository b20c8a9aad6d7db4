package io.deltatrace.spring.web;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.ActorType;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Document;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.query.Merge;
import io.deltatrace.query.MergeQuery;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.Sort;
import io.deltatrace.query.TransactionQuery;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who reaches what over HTTP, in a real server with real Spring Security. */
@SpringBootTest(
        classes = SecuredApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "deltatrace.web.enabled=true",
            "deltatrace.web.permissions.EDITOR.users=read,write",
            "deltatrace.web.permissions.COUNTER.[*]=count",
            "deltatrace.web.permissions.ANONYMOUS.news=search"
        })
class WebSecurityTests {

    private static final String SECRET = "the-secret-value";

    @LocalServerPort
    private int port;

    @Autowired
    private DeltaTraceDatabase database;

    private Client client;

    @BeforeEach
    void fill() {
        client = Client.of(port, "/deltatrace");
        for (String name : database.collections()) {
            database.execute(Query.removeCollection(name)).orThrow();
        }
        database.execute(Query.add("users", Map.of("name", "Taro", "id", 1))).orThrow();
        database.execute(Query.add("secrets", Map.of("value", SECRET, "id", 1))).orThrow();
        database.execute(Query.add("news", Map.of("title", "hello"))).orThrow();
    }

    /** Everything that could lead a reader of users elsewhere. */
    static Stream<Request> waysElsewhere() {
        Query allowed = Query.getAll("users");
        Document item = Document.of(Map.of("value", SECRET, "id", 1));
        Merge joined = Merge.of("users", "id", "users", Map.of("all", "0")).with("secrets", "id");
        Merge counted = Merge.of("users", "id", "copy", Map.of("all", "base")).serialBase("secrets");
        return Stream.of(
                Query.getAll("secrets"),
                Query.count("secrets"),
                Query.search("secrets").where(field("value").startsWith("the")).sort(Sort.by("value")),
                Query.getAll("secrets").sort(Sort.by("value").descending()).startAfter(item),
                Query.searchOne("secrets").where(field("id").equalTo(1)),
                Query.add("users", Map.of("n", 1)),
                Query.removeCollection("secrets"),
                Query.add("secrets", Map.of("n", 1)),
                Query.renameField("secrets", "value", "id"),
                Query.merge(joined),
                Query.merge(counted),
                new MergeQuery("secrets", counted, true, null),
                TransactionQuery.of(allowed, Query.getAll("secrets")),
                TransactionQuery.of(
                        allowed,
                        Query.update("secrets", Map.of("a", 1))
                                .where(field("id").equalTo(1))),
                Query.count("not there"));
    }

    @ParameterizedTest
    @MethodSource("waysElsewhere")
    void readerOfUsers_reachesNothingElse(Request request) throws Exception {
        String before = database.snapshot().hash();

        HttpResponse<String> response = client.as("reader").query(request);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).doesNotContain(SECRET, "dbLength").contains("Not permitted: ");
        assertThat(database.snapshot().hash()).isEqualTo(before);
        assertThat(database.history()
                        .entries(HistoryFilter.all().limit(1))
                        .get(0)
                        .outcome())
                .isEqualTo(Outcome.DENIED);
    }

    @Test
    void readerOfUsers_readsUsers() throws Exception {
        assertThat(client.as("reader").query(Query.getAll("users")).body()).contains("Taro");
    }

    @Test
    void tagOfSomebodyElse_doesNotTellThatNothingChanged() throws Exception {
        String tag = client.as("admin")
                .query(Query.getAll("secrets"))
                .headers()
                .firstValue("ETag")
                .orElseThrow();

        assertThat(client.as("reader")
                        .query(Query.getAll("secrets"), "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void keyOfSomebodyElse_opensNothing() throws Exception {
        Query write = Query.add("secrets", Map.of("value", SECRET)).returnData();
        client.as("admin").query(write, "Idempotency-Key", "of admin");

        HttpResponse<String> response = client.as("reader").query(write, "Idempotency-Key", "of admin");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).doesNotContain(SECRET);
        assertThat(client.as("writer")
                        .query(write, "Idempotency-Key", "of admin")
                        .body())
                .as("another principal, another operation")
                .contains("\"dbLength\":3");
    }

    @Test
    void mergeTargetThatIsOnlyNamed_doesNotTellItsSize() throws Exception {
        Merge copy = Merge.of("users", "id", "copy", Map.of("all", "base"));

        HttpResponse<String> response = client.as("merger").query(new MergeQuery("secrets", copy, true, null));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(client.as("merger").query(Query.merge(copy)).body()).contains("\"isSuccess\":true");
    }

    @Test
    void forgedActor_doesNotHelp() throws Exception {
        Actor forged = new Actor(
                ActorType.SYSTEM,
                "admin",
                Map.of("secrets", Permission.of(QueryType.values())),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        Cause cause = Cause.of(forged, "maintenance", "believe me");

        assertThat(client.as("reader")
                        .query(Query.getAll("secrets").because(cause))
                        .statusCode())
                .isEqualTo(403);
        HistoryEntry denied =
                database.history().entries(HistoryFilter.all().limit(1)).get(0);
        assertThat(denied.request().cause().who()).isEqualTo(Actor.human("reader"));
        client.as("editor").query(Query.add("users", Map.of("n", 1)).because(cause));
        HistoryEntry applied =
                database.history().entries(HistoryFilter.all().limit(1)).get(0);
        assertThat(applied.request().cause().who()).isEqualTo(Actor.human("editor"));
    }

    @Test
    void roles_mayDoWhatPropertiesSay() throws Exception {
        Client editor = client.as("editor");
        assertThat(editor.query(Query.add("users", Map.of("n", 1))).statusCode())
                .isEqualTo(200);
        assertThat(editor.query(Query.getAll("users")).statusCode()).isEqualTo(200);
        assertThat(editor.query(Query.getAll("secrets")).statusCode()).isEqualTo(403);
        Client counter = client.as("counter");
        assertThat(counter.query(Query.count("secrets")).body()).contains("\"dbLength\":1");
        assertThat(counter.query(Query.getAll("secrets")).statusCode()).isEqualTo(403);
    }

    @Test
    void authorities_mayBeForEveryCollection_alsoForNewOnes() throws Exception {
        assertThat(client.as("admin")
                        .query(Query.add("new one", Map.of("n", 1)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.as("admin").query(Query.getAll("new one")).body()).contains("\"n\":1");
    }

    @Test
    void anonymousCaller_isAskedToLogIn_unlessPermitted() throws Exception {
        assertThat(client.query(Query.getAll("users")).statusCode()).isEqualTo(401);
        assertThat(client.query(Query.search("news").where(field("title").equalTo("hello")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void denialOfSomebodyWhoIsNotLoggedIn_doesNotFillTheHistory() throws Exception {
        long before = database.snapshot().revision();

        client.query(Query.add("users", Map.of("n", 1)));
        assertThat(database.snapshot().revision()).isEqualTo(before);
    }

    @Test
    void errorMessages_tellNothingOfOtherCollections() throws Exception {
        String there = client.as("reader").query(Query.getAll("secrets")).body();
        String notThere = client.as("reader").query(Query.getAll("nothing")).body();

        assertThat(there.replace("secrets", "")).isEqualTo(notThere.replace("nothing", ""));
    }
}
