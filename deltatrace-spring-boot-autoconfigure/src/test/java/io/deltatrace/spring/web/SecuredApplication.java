package io.deltatrace.spring.web;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** An application with users that may do this and that, and let in by Spring Security without being asked who they are. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SecuredApplication {

    private static UserDetails user(String name, String... authorities) {
        return User.withUsername(name)
                .password("{noop}secret")
                .authorities(authorities)
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                user("reader", "deltatrace:users:read", "deltatrace:secrets:nonsense"),
                user("merger", "deltatrace:users:read", "deltatrace:copy:merge"),
                user("writer", "deltatrace:secrets:write"),
                user("everything", "deltatrace:*:*"),
                user("admin", "deltatrace:*:*", "deltatrace:export", "deltatrace:import"),
                user("editor", "ROLE_EDITOR"),
                user("counter", "ROLE_COUNTER"));
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
        return http.csrf(csrf -> csrf.disable())
                .httpBasic(Customizer.withDefaults())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }
}
