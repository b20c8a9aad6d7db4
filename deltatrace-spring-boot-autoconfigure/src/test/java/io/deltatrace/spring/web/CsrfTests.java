package io.deltatrace.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.query.Query;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** Protection against forged requests is as the application sets it up: here as Spring Security does for browsers. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"deltatrace.web.enabled=true", "deltatrace.web.denied-as-result=true"})
class CsrfTests {

    private static final Query WRITE = Query.add("users", Map.of("n", 1));

    @LocalServerPort
    private int port;

    @Test
    void writeWithoutToken_isRefused_andWithTokenIsApplied() throws Exception {
        Client client = Client.of(port, "/deltatrace").as("browser");
        HttpResponse<String> description = client.get("/openapi.json");
        List<String> cookies = description.headers().allValues("Set-Cookie");
        String cookie = cookies.stream()
                .filter(one -> one.startsWith("XSRF-TOKEN="))
                .findFirst()
                .orElseThrow()
                .replaceAll(";.*", "");

        // 403 by the filter, of which the error page of an application that wants a login makes 401.
        assertThat(client.query(WRITE).statusCode()).isIn(401, 403);
        assertThat(client.query(WRITE, "Cookie", cookie, "X-XSRF-TOKEN", cookie.substring(cookie.indexOf('=') + 1))
                        .body())
                .contains("\"isSuccess\":true");
    }

    @Test
    void denial_isAnsweredAsAResult_ifThatIsWanted() throws Exception {
        HttpResponse<String> response =
                Client.of(port, "/deltatrace").as("script").query(Query.count("secrets"), "User-Agent", "script");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("\"isSuccess\":false", "\"errorMessage\":\"Not permitted: count on 'secrets'\"");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("browser")
                            .password("{noop}secret")
                            .authorities("deltatrace:users:*")
                            .build(),
                    User.withUsername("script")
                            .password("{noop}secret")
                            .authorities("ROLE_SCRIPT")
                            .build());
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.csrf(csrf -> csrf.spa()
                            .ignoringRequestMatchers(request -> request.getRemoteUser() == null
                                    && String.valueOf(request.getHeader("User-Agent"))
                                            .equals("script")))
                    .httpBasic(Customizer.withDefaults())
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .build();
        }
    }
}
