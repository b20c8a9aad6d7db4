package io.deltatrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;

class ChangeControllerTests extends HttpTests {

    private static final Map<String, Object> MBABANE = Map.of("capital", List.of("Mbabane", "Lobamba"));
    private static final Map<String, Object> MBABANE_ONLY = Map.of("capital", List.of("Mbabane"));

    @Test
    void changes_areFoundByKindOfActorAndConfidence() {
        long bySteward = correct("SWZ", MBABANE, "a test");
        long unsure = guess("SWZ", MBABANE, 0.5);
        long quiteSure = guess("KAZ", Map.of("capital", List.of("Nur-Sultan")), 0.9);

        assertThat(revisions("")).startsWith(quiteSure, unsure, bySteward).endsWith(1L);
        assertThat(newRevisions("?actor=ai")).containsExactly(quiteSure, unsure);
        assertThat(newRevisions("?actor=human")).containsExactly(bySteward);
        assertThat(newRevisions("?maxConfidence=0.5")).containsExactly(unsure);
        assertThat(newRevisions("?actor=human&maxConfidence=0.5")).isEmpty();
    }

    @Test
    void changeOfOtherCollections_isNotListed() {
        post("reader", "a test", "/countries/SWZ/proposals", MBABANE)
                .expectStatus()
                .isCreated();

        assertThat(newRevisions("")).isEmpty();
    }

    @Test
    void parametersThatAreWrong_areBadRequests() {
        expectProblem(get("auditor", "/changes?actor=dog"), 400, "'actor' cannot be 'dog'");
        expectProblem(get("auditor", "/changes?maxConfidence=low"), 400, "'maxConfidence' cannot be 'low'");
    }

    @Test
    void undo_takesBackAChangeAndIsOneItself() {
        long revision = guess("SWZ", MBABANE, 0.5);

        Change undo = changeOf(post("steward", "it was wrong", "/changes/" + revision + "/undo", Map.of()));

        assertThat(undo.revision()).isEqualTo(revision + 1);
        assertThat(undo.who()).isEqualTo("steward");
        assertThat(undo.what()).isEqualTo("undo of revision " + revision);
        assertThat(undo.why()).isEqualTo("it was wrong");
        assertThat(country("SWZ").capital()).containsExactly("Lobamba");
        assertThat(newRevisions("")).containsExactly(undo.revision(), revision);
    }

    @Test
    void undoOfAnUndo_isTheChangeAgain() {
        long revision = correct("SWZ", MBABANE, "a test");
        long undo = changeOf(post("steward", "no", "/changes/" + revision + "/undo", Map.of()))
                .revision();

        changeOf(post("steward", "yes", "/changes/" + undo + "/undo", Map.of()));

        assertThat(country("SWZ").capital()).containsExactly("Mbabane", "Lobamba");
    }

    @Test
    void undoOfWhatWasChangedSince_isAConflictThatNamesTheLaterChanges() {
        long first = correct("SWZ", MBABANE, "a test");
        long second = correct("SWZ", MBABANE_ONLY, "a test");

        post("steward", "a test", "/changes/" + first + "/undo", Map.of())
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Revision " + first + " was not undone: later revisions changed the same documents: ["
                        + second + "]")
                .jsonPath("$.laterRevisions[0]")
                .isEqualTo(second);
        assertThat(country("SWZ").capital()).containsExactly("Mbabane");
    }

    @Test
    void undoOfWhatIsNoCorrection_isAConflict() {
        expectProblem(
                post("steward", "a test", "/changes/1/undo", Map.of()),
                409,
                "Revision 1 is no correction of countries");
        assertThat(country("SWZ").capital()).containsExactly("Lobamba");
    }

    @Test
    void undoOfWhatIsNotThere_isNotFound() {
        expectProblem(
                post("steward", "a test", "/changes/1000000/undo", Map.of()),
                404,
                "There is no change with the revision 1000000");
        expectProblem(post("steward", "a test", "/changes/last/undo", Map.of()), 400, "'revision' cannot be 'last'");
    }

    private List<Long> revisions(String filter) {
        return get("auditor", "/changes" + filter)
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<List<Change>>() {})
                .returnResult()
                .getResponseBody()
                .stream()
                .map(Change::revision)
                .toList();
    }

    /** Those since the test began: the history is that of all tests. */
    private List<Long> newRevisions(String filter) {
        return revisions(filter).stream().filter(revision -> revision > before).toList();
    }
}
