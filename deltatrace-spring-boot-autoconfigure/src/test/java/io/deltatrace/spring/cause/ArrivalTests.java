package io.deltatrace.spring.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ArrivalTests {

    private static String asServersRead(String sent) {
        return new String(sent.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Test
    void header_isReadAsUtf8_orElseAsTheServerReadIt() {
        assertThat(Arrival.text(asServersRead("  Größe, 大きさ "))).isEqualTo("Größe, 大きさ");
        assertThat(Arrival.text("Gr\u00f6\u00dfe")).isEqualTo("Gr\u00f6\u00dfe");
        assertThat(Arrival.text("大きさ")).isEqualTo("大きさ");
    }

    @Test
    void headerThatSaysNothing_isNone() {
        assertThat(Arrival.text(null)).isNull();
        assertThat(Arrival.text("  ")).isNull();
    }

    @Test
    void from_hasTheAddressIfThereIsOne() {
        assertThat(Arrival.from("PUT", "/x/{id}", "192.0.2.1")).isEqualTo("PUT /x/{id} from 192.0.2.1");
        assertThat(Arrival.from("PUT", "/x/{id}", null)).isEqualTo("PUT /x/{id}");
    }

    @Test
    void userOfTheContainer_isKnownBeforeAnyHandler() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setUserPrincipal(() -> "alice");

        assertThat(ServletArrival.of(request, Instant.EPOCH, new CauseHeaders("why", "id"))
                        .user())
                .extracting(Principal::getName)
                .isEqualTo("alice");
    }
}
