package io.deltatrace.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.query.Query;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
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

/** The examples of docs/clients.md, run against a real server. */
@SpringBootTest(
        classes = ClientExamplesTests.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "deltatrace.web.enabled=true")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClientExamplesTests {

    private static final Path DOCUMENT = Path.of(System.getProperty("deltatrace.project.root"), "docs", "clients.md");
    private static final Pattern SHELL =
            Pattern.compile("```shell\\n(.*?)```\\n(?:\\n```text\\n(.*?)```)?", Pattern.DOTALL);
    private static final Pattern JSON = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

    @LocalServerPort
    private int port;

    @Autowired
    private DeltaTraceDatabase database;

    @TempDir
    private Path directory;

    @BeforeEach
    void empty() {
        for (String name : database.collections()) {
            database.execute(Query.removeCollection(name)).orThrow();
        }
    }

    private String run(String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-e", "-c", script.replace("localhost:8080", "127.0.0.1:" + port))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(script + "\n" + output).isZero();
        return output.strip();
    }

    @Test
    void curl_doesWhatTheDocumentSays() throws Exception {
        Matcher examples = SHELL.matcher(Files.readString(DOCUMENT));
        int count = 0;
        while (examples.find()) {
            String expected = examples.group(2) == null ? "" : examples.group(2).strip();
            assertThat(run(examples.group(1))).isEqualTo(expected);
            count++;
        }
        assertThat(count).isEqualTo(5);
    }

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
