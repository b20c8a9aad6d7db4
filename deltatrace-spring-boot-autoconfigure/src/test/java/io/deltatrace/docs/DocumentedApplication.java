package io.deltatrace.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The application that the documents call: alice may do everything, bob may only read, carol is an auditor. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class DocumentedApplication {

    private static final String[] ALL = {"deltatrace:*:*", "deltatrace:export", "deltatrace:import"};

    /** Starts one in a real server, with its data in a folder. */
    static ConfigurableApplicationContext start(Path data, String... properties) {
        return new SpringApplicationBuilder(DocumentedApplication.class)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "deltatrace.web.enabled=true",
                        "deltatrace.storage.directory=" + data,
                        "deltatrace.history.show-values=when-authorized",
                        "deltatrace.history.roles=AUDITOR",
                        "management.endpoints.web.exposure.include=*",
                        "management.endpoint.health.show-details=always")
                .properties(properties)
                .run();
    }

    static int port(ConfigurableApplicationContext application) {
        return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static UserDetails user(String name, String... authorities) {
        return User.withUsername(name)
                .password("{noop}secret")
                .authorities(authorities)
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                user("alice", ALL), user("bob", "deltatrace:*:read"), user("carol", "ROLE_AUDITOR"));
    }

    /** By password, or by a token, which is the name of the user. */
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
        return http.csrf(csrf -> csrf.disable())
                .httpBasic(Customizer.withDefaults())
                .oauth2ResourceServer(server -> server.opaqueToken(
                        opaque -> opaque.introspector(token -> new DefaultOAuth2AuthenticatedPrincipal(
                                token, Map.of("sub", token), List.copyOf(AuthorityUtils.createAuthorityList(ALL))))))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }
}
