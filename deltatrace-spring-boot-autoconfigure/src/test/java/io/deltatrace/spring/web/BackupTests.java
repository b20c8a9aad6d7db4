package io.deltatrace.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Actor;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.query.Query;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Exports and imports over HTTP, in a real server. */
@SpringBootTest(
        classes = SecuredApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"deltatrace.web.enabled=true", "deltatrace.web.max-import-size=1MB"})
class BackupTests {

    @LocalServerPort
    private int port;

    @Autowired
    private DeltaTraceDatabase database;

    private Client admin;

    @BeforeEach
    void fill() {
        admin = Client.of(port, "/deltatrace").as("admin");
        database.execute(Query.clearAdd("users", Map.of("name", "Taro")).mayAffectNone())
                .orThrow();
    }

    @Test
    void export_isTheDatabase_andImportBringsItBack() throws Exception {
        String hash = database.snapshot().hash();
        HttpResponse<String> export = admin.get("/export");
        assertThat(export.statusCode()).isEqualTo(200);
        assertThat(export.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"" + database.snapshot().revision() + ".dtdb\"");
        database.execute(Query.add("users", Map.of("name", "Jiro"))).orThrow();

        assertThat(admin.put("/import", export.body()).statusCode()).isEqualTo(204);
        assertThat(database.snapshot().hash()).isEqualTo(hash);
        HistoryEntry newest =
                database.history().entries(HistoryFilter.all().limit(1)).get(0);
        assertThat(newest.request().cause().who()).isEqualTo(Actor.human("admin"));
        assertThat(newest.request().cause().what()).isEqualTo("import over HTTP");
    }

    @Test
    void export_isAsOfARevision() throws Exception {
        long before = database.snapshot().revision();
        String export = admin.get("/export").body();
        database.execute(Query.add("users", Map.of("name", "Jiro"))).orThrow();

        assertThat(admin.get("/export?revision=" + before).body()).isEqualTo(export);
        assertThat(admin.get("/export?revision=" + (before + 2)).statusCode()).isEqualTo(404);
        assertThat(admin.get("/export?revision=x").statusCode()).isEqualTo(400);
    }

    @Test
    void damagedOrLargeImport_changesNothing() throws Exception {
        long before = database.snapshot().revision();
        HttpResponse<String> damaged = admin.put("/import", "{\"className\":\"DeltaTraceDatabase\",\"collections\":{");
        assertThat(damaged.statusCode()).isEqualTo(400);
        assertThat(damaged.body()).contains("\"pointer\":\"/collections");
        assertThat(admin.send(admin.request("/import").PUT(BodyPublishers.ofByteArray(new byte[1_100_000])))
                        .statusCode())
                .isEqualTo(413);
        assertThat(database.snapshot().revision()).isEqualTo(before);
    }

    @Test
    void permissionsOfCollections_areNotEnough() throws Exception {
        String export = admin.get("/export").body();
        Client client = Client.of(port, "/deltatrace");
        for (String user : new String[] {"reader", "everything"}) {
            assertThat(client.as(user).get("/export").statusCode()).isEqualTo(403);
            assertThat(client.as(user).put("/import", export).statusCode()).isEqualTo(403);
        }
        assertThat(client.get("/export").statusCode()).isEqualTo(401);
        assertThat(client.put("/import", export).statusCode()).isEqualTo(401);
    }
}
