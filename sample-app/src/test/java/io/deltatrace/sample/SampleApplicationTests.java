package io.deltatrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The main job over real HTTP: real countries, a correction with a reason, and the history that tells of it. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_EACH_TEST_METHOD)
class SampleApplicationTests {

    @Autowired
    private RestTestClient http;

    @Test
    void countries_areLoadedAtStart() {
        assertThat(countries("/countries")).hasSize(250);
    }

    @Test
    void countriesOfARegion_areFoundAndSortedByName() {
        List<Country> europe = countries("/countries?region=Europe");

        assertThat(europe)
                .hasSize(53)
                .allSatisfy(country -> assertThat(country.region()).isEqualTo("Europe"));
        assertThat(europe.get(0).name().common()).isEqualTo("Albania");
        assertThat(europe)
                .extracting(Country::cca3)
                .contains("DEU", "FRA", "ISL")
                .doesNotContain("JPN");
    }

    @Test
    void unknownRegion_hasNoCountries() {
        assertThat(countries("/countries?region=Atlantis")).isEmpty();
    }

    @Test
    void correction_isSeenByReadersAndByTheHistory() {
        http.put()
                .uri("/countries/KAZ/capital")
                .body(Map.of("capital", "Astana", "editor", "alice", "reason", "renamed in 2022"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Country.class)
                .value(country -> assertThat(country.capital()).containsExactly("Astana"));

        assertThat(countries("/countries?region=Asia"))
                .filteredOn(country -> country.cca3().equals("KAZ"))
                .singleElement()
                .satisfies(country -> assertThat(country.capital()).containsExactly("Astana"));
        http.get()
                .uri("/actuator/deltatracehistory")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.entries.length()")
                .isEqualTo(2)
                .jsonPath("$.entries[0].revision")
                .isEqualTo(2)
                .jsonPath("$.entries[0].who.type")
                .isEqualTo("human")
                .jsonPath("$.entries[0].who.id")
                .isEqualTo("alice")
                .jsonPath("$.entries[0].why")
                .isEqualTo("renamed in 2022")
                .jsonPath("$.entries[0].updateCount")
                .isEqualTo(1)
                .jsonPath("$.entries[0].effects[0].collection")
                .isEqualTo("countries")
                .jsonPath("$.entries[1].revision")
                .isEqualTo(1)
                .jsonPath("$.entries[1].who.type")
                .isEqualTo("system")
                .jsonPath("$.entries[1].updateCount")
                .isEqualTo(250);
    }

    @Test
    void history_canBeNarrowedToAnActorAndAPage() {
        http.put()
                .uri("/countries/KAZ/capital")
                .body(Map.of("capital", "Astana", "editor", "alice", "reason", "renamed in 2022"))
                .exchange()
                .expectStatus()
                .isOk();

        http.get()
                .uri("/actuator/deltatracehistory?actor=country-loader&limit=1")
                .exchange()
                .expectBody()
                .jsonPath("$.entries.length()")
                .isEqualTo(1)
                .jsonPath("$.entries[0].revision")
                .isEqualTo(1);
        http.get()
                .uri("/actuator/deltatracehistory?limit=0")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void correctionOfAnUnknownCountry_isNotFound() {
        http.put()
                .uri("/countries/XXX/capital")
                .body(Map.of("capital", "Nowhere", "editor", "alice", "reason", "a joke"))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void correctionWithoutAReason_isRefused() {
        http.put()
                .uri("/countries/KAZ/capital")
                .body(Map.of("capital", "Astana", "editor", "alice"))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("'reason' is required");
    }

    @Test
    void textThatCannotBeStored_isRefused() {
        http.put()
                .uri("/countries/KAZ/capital")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"capital\":\"x\\ud800\",\"editor\":\"alice\",\"reason\":\"a test\"}")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("A string has half a surrogate pair at capital[0]");
    }

    private List<Country> countries(String uri) {
        List<Country> countries = http.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<List<Country>>() {})
                .returnResult()
                .getResponseBody();
        return countries == null ? List.of() : countries;
    }
}
