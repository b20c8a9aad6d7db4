package io.deltatrace.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The Java examples of docs/clients.md, in a real server; the calls in it are made by {@code CurlExamplesTests}. */
@SpringBootTest(
        classes = ClientExamplesTests.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "deltatrace.web.enabled=true")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClientExamplesTests {

    private static final Path DOCUMENT = Path.of(System.getProperty("deltatrace.project.root"), "docs", "clients.md");
    private static final Pattern JSON = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

    @LocalServerPort
    private int port;

    @Test
    void jsonOfPythonObjects_isTaken() throws Exception {
        Matcher json = JSON.matcher(Files.readString(DOCUMENT));
        assertThat(json.find()).isTrue();

        assertThat(Client.of(port, "/deltatrace")
                        .as("alice")
                        .post(json.group(1))
                        .body())
                .contains("\"isSuccess\":true", "\"nestedObj\":{\"a\":\"b\"}");
    }

    @Test
    void ownResolver_decides() {
        new WebApplicationContextRunner().withUserConfiguration(Support.class).run(context -> {
            MockHttpServletRequest request = new MockHttpServletRequest();
            PermissionResolver permissions = context.getBean(PermissionResolver.class);
            assertThat(permissions.resolve(request)).isEqualTo(Grants.NONE);
            request.addUserRole("SUPPORT");
            assertThat(permissions.resolve(request).mayRead("users")).isTrue();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Support {

        @Bean
        PermissionResolver permissions() {
            return request -> request.isUserInRole("SUPPORT") ? Grants.on("users", List.of("read")) : Grants.NONE;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(User.withUsername("alice")
                    .password("{noop}secret")
                    .authorities("deltatrace:*:*", "deltatrace:export", "deltatrace:import")
                    .build());
        }

        @Bean
        SecurityFilterChain clients(HttpSecurity http) {
            return http.securityMatcher("/deltatrace/**")
                    .csrf(csrf -> csrf.disable())
                    .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }
}
