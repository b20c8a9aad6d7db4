package io.deltatrace.autoconfigure.actuate;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Document;
import io.deltatrace.query.Merge;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.Result;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * A history with requests of every kind and outcome, to find out who is shown which values. Values that may be seen are texts
 * that start with {@value #PLAIN}; those of the masked fields start with {@value #MASKED}.
 */
final class EveryRequest {

    static final String PLAIN = "plain-";
    static final String MASKED = "masked-";

    /** The fields that are masked: one by its name, one by its path, one in two collections. */
    static final String MASKED_FIELDS = "ssn,contact.phone,people:salary,imported:salary";

    private EveryRequest() {}

    private static Document person(Object id, String name) {
        return Document.parse("""
                {"id":%s,"name":"plain-%s","ssn":"masked-ssn","salary":{"base":["masked-salary"]},
                 "contact":{"phone":{"home":"masked-phone"},"city":"plain-city","note":null},
                 "relatives":[{"name":"plain-relative","ssn":"masked-relative"}]}""".formatted(id instanceof String text ? '"' + text + '"' : id, name));
    }

    /** Carries out all requests; needs a database that records failures, denials and reads. */
    static void fill(DeltaTraceDatabase database) {
        Cause cause = Cause.of(Actor.human("alice").named("Alice", null), "edit", "a test")
                .withFrom("a form")
                .withContext(Document.of(Map.of("ticket", "plain-ticket", "ssn", "masked-context")));
        applied(database.execute(
                Query.add("people", person(1, "Taro"), person("a-7", "Jiro")).because(cause)));
        applied(database.execute(Query.clearAdd("cities", Map.of("city", "plain-nara", "ssn", "masked-city"))
                .mayAffectNone()));
        applied(database.execute(Query.update("people", Map.of("ssn", "masked-new", "name", "plain-new"))
                .where(field("ssn")
                        .equalTo("masked-ssn")
                        .and(field("name").in("plain-Taro", "plain-Saburo"))
                        .and(field("contact.phone.home").startsWith("masked-ph"))
                        .and(field("contact.city").matches("plain-c.*"))
                        .and(field("relatives.ssn").isNull())
                        .and(field("contact")
                                .equalTo(Document.parse("{\"phone\":\"masked-contact\",\"city\":\"plain-kobe\"}"))
                                .not()))));
        applied(database.execute(Query.updateOne("people", Map.of("salary", "masked-raise"))
                .where(field("salary.base")
                        .contains("masked-salary")
                        .or(field("name").equalTo("plain-nobody")))));
        applied(database.execute(TransactionQuery.of(
                Query.add("people", person(3, "Saburo")),
                Query.deleteOne("people").where(field("id").equalTo(3)))));
        applied(database.execute(Query.merge(Merge.of("people", "id", "report", Document.parse("""
                        {"name":"str(plain-literal)","ssn":"str(masked-literal)"}""")))));
        applied(database.execute(
                Query.conformToTemplate("cities", Map.of("city", "plain-default", "ssn", "masked-default"))));
        applied(database.execute(Query.renameField("cities", "city", "town")));
        applied(database.execute(Query.getAll("people").startAfter(person(1, "Taro"))));
        applied(database.execute(Query.search("people")
                .where(field("ssn").greaterThan("masked-a"))
                .endBefore(person(2, "x"))));
        applied(database.execute(Query.searchOne("people").where(field("name").endsWith("plain-end"))));
        applied(database.execute(Query.count("people")));
        applied(database.execute(Query.clear("cities")));
        applied(database.execute(Query.removeCollection("cities")));
        database.importCollection(
                "imported",
                new ByteArrayInputStream(
                        ("{\"data\":[" + person(9, "Kuro") + "],\"serialNum\":3}").getBytes(StandardCharsets.UTF_8)),
                cause);
        database.revertTo(1, cause);
        failed(database.execute(
                Query.delete("people").where(field("ssn").matches("masked-[")).mayAffectNone()));
        failed(database.execute(
                Query.delete("people").where(field("name").matches("plain-[")).mayAffectNone()));
        failed(database.execute(Query.merge(Merge.of("people", "id", "other", Map.of("x", "plain-wrong(")))));
        failed(database.execute(Query.clear("nowhere")));
        failed(database.execute(
                Query.add("people", person(4, "Goro")), Map.of("people", new Permission(Set.of(QueryType.SEARCH)))));
    }

    private static void applied(Result result) {
        assertThat(result.isSuccess()).as(String.valueOf(result.errorMessage())).isTrue();
    }

    private static void failed(Result result) {
        assertThat(result.isSuccess()).isFalse();
    }
}
