package io.deltatrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.sample.Neighbours.Neighbour;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;

class CountryControllerTests extends HttpTests {

    @Test
    void countries_areLoadedAtTheFirstStart() {
        assertThat(countries("/countries")).hasSize(250);
    }

    @Test
    void country_isFoundByItsCodeInAnyCaseAndIsWhole() {
        assertThat(country("swz"))
                .isEqualTo(new Country(
                        "SWZ",
                        new Country.Names(
                                "Eswatini",
                                "Kingdom of Eswatini",
                                Map.of(
                                        "eng", new Country.Name("Eswatini", "Kingdom of Eswatini"),
                                        "ssw", new Country.Name("eSwatini", "Umbuso weSwatini"))),
                        List.of("Lobamba"),
                        "Africa",
                        "Southern Africa",
                        Map.of(
                                "SZL", new Country.Currency("Swazi lilangeni", "L"),
                                "ZAR", new Country.Currency("South African rand", "R")),
                        Map.of("eng", "English", "ssw", "Swazi"),
                        List.of("MOZ", "ZAF")));
    }

    @Test
    void countriesOfARegion_areSortedByName() {
        List<Country> europe = countries("/countries?region=Europe");

        assertThat(europe).hasSize(53).allMatch(country -> country.region().equals("Europe"));
        assertThat(europe).extracting(country -> country.name().common()).isSorted();
    }

    @Test
    void countriesOfALanguage_areThoseThatHaveItAmongTheirs() {
        assertThat(codes("/countries?language=deu")).containsExactly("BEL", "DEU", "LIE", "LUX", "NAM");
    }

    @Test
    void search_findsPartsOfCommonAndOfficialNamesInAnyCase() {
        assertThat(codes("/countries?name=GUINEA")).containsExactly("GNQ", "GIN", "GNB", "PNG");
        assertThat(codes("/countries?name=confederation")).containsExactly("CHE");
    }

    @Test
    void searchText_isNoPattern() {
        assertThat(countries("/countries?name=.*")).isEmpty();
    }

    @Test
    void searchTextThatIsTooLong_isABadRequest() {
        assertThat(countries("/countries?name=" + "a".repeat(100))).isEmpty();
        expectProblem(get("reader", "/countries?name=" + "a".repeat(101)), 400, "'name' is at most 100 characters");
    }

    @Test
    void filters_addUp() {
        assertThat(codes("/countries?region=Africa&language=deu")).containsExactly("NAM");
        assertThat(countries("/countries?region=Atlantis")).isEmpty();
        assertThat(countries("/countries?language=x..y")).isEmpty();
    }

    @Test
    void neighbours_haveTheirNames() {
        assertThat(neighbours("/countries/SWZ/neighbours"))
                .containsExactly(
                        new Neighbour("MOZ", "Mozambique", List.of("Maputo")),
                        new Neighbour("ZAF", "South Africa", List.of("Pretoria", "Bloemfontein", "Cape Town")));
        assertThat(neighbours("/countries/ISL/neighbours")).isEmpty();
    }

    @Test
    void allReads_canBeAsOfARevision() {
        correct("SWZ", Map.of("name", "Swaziland", "region", "Atlantis"), "a test");

        assertThat(codes("/countries?region=Africa")).doesNotContain("SWZ");
        assertThat(codes("/countries?region=Africa&asOf=" + before)).contains("SWZ");
        assertThat(country("SWZ").name().common()).isEqualTo("Swaziland");
        get("reader", "/countries/SWZ?asOf=" + before)
                .expectBody()
                .jsonPath("$.name.common")
                .isEqualTo("Eswatini");
        assertThat(countries("/countries?asOf=0")).isEmpty();
    }

    @Test
    void asOfAnInstant_isWhatWasSaidThen() {
        Change change = changeOf(post(
                "steward", "a test", "/countries/SWZ/corrections", Map.of("capital", List.of("Mbabane", "Lobamba"))));

        get("reader", "/countries/SWZ?asOf={instant}", change.at())
                .expectBody()
                .jsonPath("$.capital[0]")
                .isEqualTo("Mbabane");
        get("reader", "/countries/SWZ?asOf={instant}", change.at().minusNanos(1000))
                .expectBody()
                .jsonPath("$.capital[0]")
                .isEqualTo("Lobamba");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/countries/XXX", "/countries/XXX/neighbours"})
    void unknownCode_isNotFound(String uri) {
        expectProblem(get("reader", uri), 404, "There is no country with the code XXX");
    }

    @Test
    void countryThatWasNotThereYet_isNotFound() {
        expectProblem(get("reader", "/countries/DEU?asOf=0"), 404, "There is no country with the code DEU");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "-1", "99999999999999999999", "2026-11-24", ""})
    void asOfThatIsNoMoment_isABadRequest(String asOf) {
        for (String uri : List.of("/countries", "/countries/DEU", "/countries/DEU/neighbours")) {
            expectProblem(
                    get("reader", uri + "?asOf=" + asOf),
                    400,
                    "'asOf' is a revision, such as 42, or an instant, such as 2026-11-23T17:00:00Z, not '" + asOf
                            + "'");
        }
    }

    @Test
    void asOfThatIsStillToCome_saysWhichStatesThereAre() {
        expectProblem(
                get("reader", "/countries/DEU?asOf=1000000"),
                404,
                "There is no state of revision 1000000: states are kept from revision 0 to " + before);
    }

    private List<Country> countries(String uri) {
        return get("reader", uri)
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<List<Country>>() {})
                .returnResult()
                .getResponseBody();
    }

    private List<String> codes(String uri) {
        return countries(uri).stream().map(Country::cca3).toList();
    }

    private List<Neighbour> neighbours(String uri) {
        return get("reader", uri)
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<List<Neighbour>>() {})
                .returnResult()
                .getResponseBody();
    }
}
