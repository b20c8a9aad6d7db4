package io.deltatrace.sample;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.document.Document;
import io.deltatrace.history.Diff;
import io.deltatrace.history.FieldChange;
import io.deltatrace.query.Query;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorrectionControllerTests extends HttpTests {

    private static final Map<String, Object> MBABANE = Map.of("capital", List.of("Mbabane", "Lobamba"));

    @Test
    void correction_answersWhoDidWhatWhyAndFromWhere() {
        Change change = changeOf(post("steward", "the king's town, too", "/countries/swz/corrections", MBABANE));

        assertThat(change.revision()).isEqualTo(before + 1);
        assertThat(change.who()).isEqualTo("steward");
        assertThat(change.actor()).isEqualTo("human");
        assertThat(change.confidence()).isEqualTo(1);
        assertThat(change.what()).isEqualTo("CorrectionController.correct");
        assertThat(change.why()).isEqualTo("the king's town, too");
        assertThat(change.from()).startsWith("POST /countries/{code}/corrections from ");
        assertThat(country("SWZ").capital()).containsExactly("Mbabane", "Lobamba");
    }

    @Test
    void correction_changesNothingButWhatItSays() {
        Map<String, Object> all = Map.of(
                "name", "Swaziland",
                "officialName", "Kingdom of Swaziland",
                "capital", List.of(),
                "region", "South",
                "subregion", "East");

        long revision = correct("SWZ", all, "a test");

        Diff diff = database.history().diff(revision - 1, revision);
        assertThat(diff.documents())
                .singleElement()
                .satisfies(change -> assertThat(change.fields())
                        .extracting(FieldChange::path)
                        .containsExactlyInAnyOrder("name.common", "name.official", "capital", "region", "subregion"));
    }

    @Test
    void whatTheSampleDoesNotKnowOfACountry_staysInTheDatabase() {
        correct("SWZ", MBABANE, "a test");

        Document document = database.execute(
                        Query.searchOne(Country.COLLECTION).where(field("cca3").equalTo("SWZ")))
                .documents()
                .get(0);
        assertThat(document.at("translations.deu.common")).isEqualTo("Swasiland");
    }

    @Test
    void bulkCorrection_isOneChange() {
        Change change = changeOf(post(
                "steward",
                "a new list",
                "/countries/corrections",
                Map.of("SWZ", MBABANE, "KAZ", Map.of("name", "Qazaqstan"))));

        assertThat(database.snapshot().revision()).isEqualTo(change.revision()).isEqualTo(before + 1);
        assertThat(change.why()).isEqualTo("a new list");
        assertThat(country("SWZ").capital()).containsExactly("Mbabane", "Lobamba");
        assertThat(country("KAZ").name().common()).isEqualTo("Qazaqstan");
    }

    @Test
    void bulkCorrectionWithAnUnknownCode_changesNothing() {
        expectProblem(
                post(
                        "steward",
                        "a new list",
                        "/countries/corrections",
                        "{\"SWZ\":{\"name\":\"x\"},\"XXX\":{\"name\":\"y\"}}"),
                404,
                "There is no country with the code XXX");

        assertThat(country("SWZ").name().common()).isEqualTo("Eswatini");
    }

    @Test
    void emptyBulkCorrection_isABadRequest() {
        expectProblem(
                post("steward", "a test", "/countries/corrections", Map.of()), 400, "There is nothing to correct");
    }

    @Test
    void assistant_isAnArtificialAgentThatIsNotCertain() {
        Change change = changeOf(
                post("assistant", "read somewhere", "/assistant/countries/SWZ/corrections?confidence=0.6", MBABANE));

        assertThat(change.who()).isEqualTo("assistant");
        assertThat(change.actor()).isEqualTo("ai");
        assertThat(change.confidence()).isEqualTo(0.6);
        assertThat(change.why()).isEqualTo("read somewhere");
        assertThat(country("SWZ").capital()).containsExactly("Mbabane", "Lobamba");
    }

    @ParameterizedTest
    @CsvSource({"1", "1.5", "-0.1", "NaN"})
    void assistantThatIsCertain_isRefused(String confidence) {
        expectProblem(
                post("assistant", "a test", "/assistant/countries/SWZ/corrections?confidence=" + confidence, MBABANE),
                400,
                "'confidence' is at least 0 and less than 1: an assistant is never certain");
    }

    @Test
    void confidenceThatIsMissingOrNoNumber_isABadRequest() {
        expectProblem(
                post("assistant", "a test", "/assistant/countries/SWZ/corrections", MBABANE),
                400,
                "Required parameter 'confidence' is not present.");
        expectProblem(
                post("assistant", "a test", "/assistant/countries/SWZ/corrections?confidence=high", MBABANE),
                400,
                "'confidence' cannot be 'high'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/countries/SWZ/corrections",
                "/countries/corrections",
                "/countries/SWZ/proposals",
                "/proposals/0/accept",
                "/proposals/0/reject",
                "/changes/1/undo"
            })
    void whateverHasNoReason_isRefusedAndChangesNothing(String uri) {
        expectProblem(post("steward", null, uri, MBABANE), 400, "Say why, in the header X-Change-Reason");
        expectProblem(post("steward", " ", uri, MBABANE), 400, "Say why, in the header X-Change-Reason");

        assertThat(database.snapshot().revision()).isEqualTo(before);
    }

    @Test
    void assistantWithoutAReason_isRefused() {
        expectProblem(
                post("assistant", null, "/assistant/countries/SWZ/corrections?confidence=0.6", MBABANE),
                400,
                "Say why, in the header X-Change-Reason");
    }

    @Test
    void unknownCode_isNotFound() {
        expectProblem(
                post("steward", "a test", "/countries/XXX/corrections", MBABANE),
                404,
                "There is no country with the code XXX");
        expectProblem(
                post("assistant", "a test", "/assistant/countries/XXX/corrections?confidence=0.6", MBABANE),
                404,
                "There is no country with the code XXX");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | A correction says at least one of name, officialName, capital, region and subregion",
                "{\"name\":\" \"} | A name, a capital or a region is not blank",
                "{\"capital\":[\"\"]} | A name, a capital or a region is not blank",
                "{\"capital\":[null]} | This is not the JSON that is expected",
                "{\"name\":\"x\",\"captial\":[\"y\"]} | There is no field 'captial' here",
                "{\"capital\":{}} | This is not the JSON that is expected",
                "{ | This is not the JSON that is expected",
                "{\"name\":\"x\\ud800\"} | A string has half a surrogate pair at name.common"
            })
    void correctionThatIsNone_isABadRequest(String body, String detail) {
        expectProblem(post("steward", "a test", "/countries/SWZ/corrections", body), 400, detail);
        assertThat(country("SWZ").name().common()).isEqualTo("Eswatini");
    }
}
