package io.deltatrace.spring.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.cause.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

class SecurityActorsTests {

    private static final CauseContext REQUEST =
            CauseContext.EMPTY.handling(new TestArrival(Instant.EPOCH, null, null, "GET /", null, null));

    private final Principals principals = new SecurityActors("SCOPE_agent");

    @AfterEach
    void logOut() {
        SecurityContextHolder.clearContext();
    }

    static void logIn(Authentication authentication) {
        SecurityContextHolder.getContext().setAuthentication(authentication);
    }

    private static Authentication user(String name, String... authorities) {
        return UsernamePasswordAuthenticationToken.authenticated(
                name, "secret", AuthorityUtils.createAuthorityList(authorities));
    }

    @Test
    void whoIsLoggedIn_isHuman() {
        logIn(user("alice", "ROLE_STEWARD"));

        assertThat(principals.authenticated(CauseContext.EMPTY)).isEqualTo(Actor.human("alice"));
    }

    @Test
    void principalWithTheAuthority_isAnAgent() {
        logIn(user("helper", "ROLE_STEWARD", "SCOPE_agent"));

        assertThat(principals.authenticated(CauseContext.EMPTY)).isEqualTo(Actor.ai("helper"));
    }

    @Test
    void token_saysNameAndAddress() {
        Jwt jwt = new Jwt(
                "token",
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(60),
                Map.of("alg", "none"),
                Map.of("sub", "u-17", "name", "Alice", "email", "alice@example.org"));
        logIn(new JwtAuthenticationToken(jwt, List.of()));

        assertThat(principals.authenticated(REQUEST))
                .isEqualTo(Actor.human("u-17").named("Alice", "alice@example.org"));
    }

    @Test
    void oauthUser_saysNameAndAddress() {
        DefaultOAuth2User user =
                new DefaultOAuth2User(List.of(), Map.of("login", "alice", "name", "Alice", "email", 5), "login");
        logIn(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()));

        assertThat(principals.authenticated(REQUEST))
                .isEqualTo(Actor.human("alice").named("Alice", null));
    }

    @Test
    void whoIsNotAuthenticatedYet_isAnonymousInARequest_andNobodyOutside() {
        logIn(UsernamePasswordAuthenticationToken.unauthenticated("mallory", "guess"));

        assertThat(principals.authenticated(REQUEST)).isEqualTo(Actor.human("anonymousUser"));
        assertThat(principals.authenticated(CauseContext.EMPTY)).isNull();
    }

    @Test
    void userOfTheRequest_counts_inThreadsWithoutASecurityContext() {
        CauseContext request = CauseContext.EMPTY.handling(
                new TestArrival(Instant.EPOCH, null, null, "GET /", null, user("alice", "SCOPE_agent")));

        assertThat(principals.authenticated(request)).isEqualTo(Actor.ai("alice"));
    }

    @Test
    void nobody_isAnonymousInARequest_andNobodyOutside() {
        assertThat(principals.authenticated(REQUEST)).isEqualTo(Actor.human("anonymousUser"));
        assertThat(principals.authenticated(CauseContext.EMPTY)).isNull();
    }
}
