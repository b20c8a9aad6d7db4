package io.deltatrace.sample;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.DispatcherType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Who may do what. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(SecurityConfiguration.class);

    @Bean
    SecurityFilterChain security(
            HttpSecurity http, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return http
                // A browser may add the credentials by itself, but a page of another site cannot make it add the header
                // X-Change-Reason, which each change needs. So there is no token against forged requests.
                .csrf(csrf -> csrf.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/actuator/health/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/actuator/**")
                        .hasRole("AUDITOR")
                        .requestMatchers("/actuator/**")
                        .hasAnyRole("STEWARD", "AUDITOR")
                        .requestMatchers(HttpMethod.GET, "/changes")
                        .hasAnyRole("STEWARD", "AUDITOR")
                        .requestMatchers("/assistant/**")
                        .hasRole("AI")
                        .requestMatchers(HttpMethod.GET, "/countries/**")
                        .hasRole("READER")
                        .requestMatchers(HttpMethod.POST, "/countries/*/proposals")
                        .hasRole("READER")
                        .requestMatchers("/countries/**", "/proposals/**", "/changes/**")
                        .hasRole("STEWARD")
                        .requestMatchers("/deltatrace/**")
                        .authenticated() // deltatrace.web.permissions says what for
                        .anyRequest()
                        .denyAll())
                .httpBasic(basic -> basic.authenticationEntryPoint((request, response, exception) -> {
                    response.setHeader("WWW-Authenticate", "Basic realm=\"countries\"");
                    problems.resolveException(request, response, null, exception);
                }))
                .exceptionHandling(handling -> handling.accessDeniedHandler((request, response, exception) ->
                        problems.resolveException(request, response, null, exception)))
                .build();
    }

    /** Reasons come in all languages: headers are text in UTF-8 here, while Spring Security takes each byte for a character. */
    @Bean
    StrictHttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(bytes ->
                new String(bytes.getBytes(ISO_8859_1), UTF_8).codePoints().noneMatch(Character::isISOControl));
        return firewall;
    }

    @Bean
    UserDetailsService users(SampleProperties properties) {
        LOG.warn(
                "The users {} and their passwords are for demonstration: they are in application.yml for everybody to read",
                properties.users().keySet());
        return new InMemoryUserDetailsManager(properties.users().entrySet().stream()
                .map(user -> user(user.getKey(), user.getValue()))
                .toList());
    }

    private static UserDetails user(String name, SampleProperties.DemoUser user) {
        return User.withUsername(name)
                .password("{noop}" + user.password())
                .roles(user.roles().toArray(String[]::new))
                .build();
    }
}
