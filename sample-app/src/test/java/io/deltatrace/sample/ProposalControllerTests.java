package io.deltatrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;

class ProposalControllerTests extends HttpTests {

    private static final Map<String, Object> MBABANE = Map.of("capital", List.of("Mbabane", "Lobamba"));

    @Test
    void proposal_isOpenAndNamesItsProposer() {
        Proposal proposal = propose();

        assertThat(proposal.country()).isEqualTo("SWZ");
        assertThat(proposal.state()).isEqualTo(Proposal.State.OPEN);
        assertThat(proposal.proposer()).isEqualTo("reader");
        assertThat(proposal.correction().capital()).containsExactly("Mbabane", "Lobamba");
        assertThat(open()).containsExactly(proposal);
        assertThat(country("SWZ").capital()).containsExactly("Lobamba");
    }

    @Test
    void acceptedProposal_isAppliedInOneChangeWithTheReasonOfWhoAccepts() {
        long id = propose().id();

        Change change = changeOf(post("steward", "seen on the map", "/proposals/" + id + "/accept", Map.of()));

        assertThat(change.revision())
                .isEqualTo(before + 2)
                .isEqualTo(database.snapshot().revision());
        assertThat(change.who()).isEqualTo("steward");
        assertThat(change.why()).isEqualTo("seen on the map");
        assertThat(country("SWZ").capital()).containsExactly("Mbabane", "Lobamba");
        assertThat(open()).isEmpty();
    }

    @Test
    void rejectedProposal_changesNoCountry() {
        long id = propose().id();

        changeOf(post("steward", "not on the map", "/proposals/" + id + "/reject", Map.of()));

        assertThat(country("SWZ").capital()).containsExactly("Lobamba");
        assertThat(open()).isEmpty();
    }

    @Test
    void undoneAcceptance_opensTheProposalAgain() {
        Proposal proposal = propose();
        Change change = changeOf(post("steward", "seen", "/proposals/" + proposal.id() + "/accept", Map.of()));

        changeOf(post("steward", "too fast", "/changes/" + change.revision() + "/undo", Map.of()));

        assertThat(open()).containsExactly(proposal);
        assertThat(country("SWZ").capital()).containsExactly("Lobamba");
    }

    @ParameterizedTest
    @CsvSource({"accept,accept,accepted", "accept,reject,accepted", "reject,accept,rejected"})
    void decidedProposal_isNotDecidedAgain(String first, String second, String state) {
        long id = propose().id();
        changeOf(post("steward", "a test", "/proposals/" + id + "/" + first, Map.of()));
        Country after = country("SWZ");

        expectProblem(
                post("steward", "a test", "/proposals/" + id + "/" + second, Map.of()),
                409,
                "Proposal " + id + " is decided: it was " + state);

        assertThat(country("SWZ")).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"accept", "reject"})
    void unknownProposal_isNotFound(String decision) {
        expectProblem(
                post("steward", "a test", "/proposals/1000/" + decision, Map.of()), 404, "There is no proposal 1000");
        expectProblem(
                post("steward", "a test", "/proposals/first/" + decision, Map.of()), 400, "'id' cannot be 'first'");
    }

    @Test
    void proposalForAnUnknownCountry_isNotFound() {
        expectProblem(
                post("reader", "a test", "/countries/XXX/proposals", MBABANE),
                404,
                "There is no country with the code XXX");
    }

    @Test
    void proposalThatSaysNothing_isABadRequest() {
        expectProblem(
                post("reader", "a test", "/countries/SWZ/proposals", Map.of()),
                400,
                "A correction says at least one of name, officialName, capital, region and subregion");
    }

    private Proposal propose() {
        return post("reader", "seen in an atlas", "/countries/swz/proposals", MBABANE)
                .expectStatus()
                .isCreated()
                .expectBody(Proposal.class)
                .returnResult()
                .getResponseBody();
    }

    private List<Proposal> open() {
        return get("steward", "/proposals")
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<List<Proposal>>() {})
                .returnResult()
                .getResponseBody();
    }
}
