package io.deltatrace.autoconfigure.actuate;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.document.Document;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.query.Query;
import io.deltatrace.query.Sort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import tools.jackson.databind.json.JsonMapper;

class HistoryValuesTests {

    private final DeltaTraceDatabase database = DeltaTraceDatabase.builder()
            .record(Outcome.FAILED, Outcome.DENIED, Outcome.READ)
            .build();

    @AfterEach
    void close() {
        database.close();
    }

    private DeltaTraceHistoryEndpoint endpoint(String maskedFields, SanitizingFunction... functions) {
        return new DeltaTraceHistoryEndpoint(
                database,
                new ValueRules(Arrays.asList(maskedFields.split(",")), List.of(functions)),
                Show.NEVER,
                collection -> "id");
    }

    private static String json(Object answer) {
        return JsonMapper.shared().writeValueAsString(answer);
    }

    /** The page, each entry and the versions of two documents. */
    private List<String> answers(boolean showsValues) {
        EveryRequest.fill(database);
        DeltaTraceHistoryEndpoint endpoint = endpoint(EveryRequest.MASKED_FIELDS);
        List<String> answers = new ArrayList<>();
        answers.add(json(endpoint.history(HistoryFilter.all(), showsValues)));
        for (long revision = 1; revision <= database.snapshot().revision(); revision++) {
            answers.add(json(endpoint.entry(Long.toString(revision), showsValues)));
        }
        answers.add(json(endpoint.versions("people", "1", null, null, showsValues)));
        answers.add(json(endpoint.versions("people", "a-7", null, null, showsValues)));
        return answers;
    }

    @Test
    void values_areNowhere_ifTheyAreHidden() {
        assertThat(answers(false))
                .hasSize(24)
                .allSatisfy(answer -> assertThat(answer)
                        .doesNotContain(EveryRequest.PLAIN, EveryRequest.MASKED)
                        .doesNotContain("null,null"));
    }

    @Test
    void maskedFields_areNowhere_evenIfValuesAreShown() {
        List<String> answers = answers(true);

        assertThat(answers).allSatisfy(answer -> assertThat(answer).doesNotContain(EveryRequest.MASKED));
        assertThat(String.join("\n", answers))
                .contains(
                        "plain-Taro",
                        "plain-city",
                        "plain-relative",
                        "plain-ticket",
                        "plain-nara",
                        "plain-new",
                        "plain-Saburo",
                        "plain-c.*",
                        "plain-kobe",
                        "plain-nobody",
                        "plain-literal",
                        "plain-default",
                        "plain-end",
                        "plain-Kuro",
                        "plain-[",
                        "plain-wrong(",
                        "plain-Goro");
    }

    @Test
    void structure_staysVisible() {
        EveryRequest.fill(database);

        String update = json(endpoint("ssn").entry("3", false));

        assertThat(update)
                .contains(
                        "\"className\":\"Query\"", "\"type\":\"update\"", "\"overrideData\":{\"", "\"ssn\":\"******\"")
                .contains("{\"type\":\"startsWith_\",\"field\":\"contact.phone.home\",\"value\":\"******\"}")
                .contains("{\"type\":\"in_\",\"field\":\"name\",\"values\":[\"******\",\"******\"]}")
                .contains("{\"type\":\"regex_\",\"field\":\"contact.city\",\"pattern\":\"******\"}")
                .contains("{\"path\":\"name\",\"kind\":\"CHANGED\",\"before\":\"******\",\"after\":\"******\"}")
                .contains("\"changedDocuments\":1");
        assertThat(json(endpoint("ssn").entry("1", false)))
                .contains("\"contact\":{\"phone\":{\"home\":\"******\"},\"city\":\"******\",\"note\":null}");
    }

    @Test
    void orderAndPage_areNoValues() {
        database.execute(Query.getAll("people")
                .sort(Sort.by("name").descending())
                .offset(2)
                .limit(3));

        assertThat(json(endpoint("name").entry("1", false)))
                .contains("\"sortOrders\":[{\"field\":\"name\",\"reversed\":true,\"vType\":\"auto_\"}]")
                .contains("\"offset\":2", "\"limit\":3");
    }

    @Test
    void errorMessage_isHidden_ifAnythingOfTheRequestIs() {
        database.execute(Query.clear("nowhere"));
        database.execute(Query.delete("people").where(field("name").matches("Taro[")));
        DeltaTraceHistoryEndpoint endpoint = endpoint("ssn");

        assertThat(endpoint.entry("1", false).entry().errorMessage()).startsWith("Nothing was affected");
        assertThat(endpoint.entry("2", false).entry().errorMessage()).isEqualTo("******");
        assertThat(endpoint.entry("2", true).entry().errorMessage()).contains("missing closing ]");
        assertThat(endpoint("name").entry("2", true).entry().errorMessage()).isEqualTo("******");
        assertThat(endpoint("name")
                        .history(HistoryFilter.all(), true)
                        .entries()
                        .get(0)
                        .errorMessage())
                .isEqualTo("******");
    }

    @ParameterizedTest
    @CsvSource({
        "ssn, people, ssn, true",
        "ssn, people, home.ssn, true",
        "ssn, people, ssn.last, true",
        "ssn, people, home.ssn.last, true",
        "ssn, , ssn, true",
        "ssn, people, ssn2, false",
        "ssn, people, passn, false",
        "home.ssn, people, home.ssn, true",
        "home.ssn, people, home.ssn.last, true",
        "home.ssn, people, home.ssn2, false",
        "home.ssn, people, ssn, false",
        "home.ssn, people, other.home.ssn, false",
        "people:ssn, people, home.ssn, true",
        "people:ssn, cities, ssn, false",
        "people:ssn, , ssn, false",
        "' people : home.ssn ', people, home.ssn, true",
    })
    void maskedField_coversWhatItNames(String text, String collection, String path, boolean covered) {
        assertThat(MaskedField.parse(text).covers(collection, path)).isEqualTo(covered);
    }

    @Test
    void applicationsSanitizingFunctions_areApplied_toWhatIsShown() {
        database.execute(Query.add("people", Map.of("id", 1, "login", Map.of("password", "hush", "name", "taro"))));
        DeltaTraceHistoryEndpoint endpoint =
                endpoint("none", SanitizingFunction.sanitizeValue().ifLikelyCredential());

        assertThat(json(endpoint.entry("1", true)))
                .contains("\"password\":\"******\"", "\"name\":\"taro\"")
                .doesNotContain("hush");
    }

    @Test
    void longListsOfDocuments_areCutShort_andTheirNumberIsTold() {
        database.execute(Query.add("many", Collections.nCopies(1_003, Map.of("id", 1))));

        var entry = endpoint("none").entry("1", true);

        assertThat((List<?>) entry.request().get("addData")).hasSize(1_000);
        assertThat(entry.request()).containsEntry("addDataOmitted", 3);
        assertThat(entry.diff().documents()).hasSize(1_000);
        assertThat(entry.diff().changedDocuments()).isEqualTo(1_003);
    }

    /** Each of the 1.7 million numbers counts four characters, and ten once it is hidden. */
    @Test
    void documentThatWouldBeTooLargeWithHiddenValues_isHiddenAsAWhole() {
        database.execute(Query.add("large", Document.of(Map.of("id", 1, "n", Collections.nCopies(1_700_000, 7)))));

        var entry = endpoint("none").entry("1", false);

        assertThat(entry.request()).containsEntry("addData", List.of("******"));
    }
}
