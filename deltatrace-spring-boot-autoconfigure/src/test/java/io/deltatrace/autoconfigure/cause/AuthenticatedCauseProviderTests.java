package io.deltatrace.autoconfigure.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.ActorType;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.document.Document;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

class AuthenticatedCauseProviderTests {

    private static final Authentication ALICE = UsernamePasswordAuthenticationToken.authenticated(
            "alice", "secret", AuthorityUtils.createAuthorityList("ROLE_STEWARD"));

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DeltaTraceCauseAutoConfiguration.class, DeltaTraceAutoConfiguration.class));

    private final CauseProvider provider = new AuthenticatedCauseProvider("ROLE_AI");

    @AfterEach
    void logOut() {
        SecurityContextHolder.clearContext();
    }

    private static void logIn(Authentication authentication) {
        SecurityContextHolder.getContext().setAuthentication(authentication);
    }

    @Test
    void whoIsLoggedIn_isInTheHistory() {
        contexts.run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            logIn(ALICE);
            database.execute(Query.add("users", Map.of("n", 1)));
            database.execute(TransactionQuery.of(Query.add("users", Map.of("n", 2))));
            SecurityContextHolder.clearContext();
            database.execute(Query.add("users", Map.of("n", 3)));

            assertThat(database.history().entries(HistoryFilter.all().actor("alice")))
                    .extracting("revision")
                    .containsExactly(2L, 1L);
            assertThat(database.history().entries(HistoryFilter.all().actor("system")))
                    .extracting("revision")
                    .containsExactly(3L);
        });
    }

    @Test
    void forgedWho_doesNotCount_andIsKept() {
        logIn(ALICE);

        Cause cause = provider.complete(Cause.of(Actor.human("bob").named("Bob", "bob@example.org"), "what", "why")
                .withFrom("a form")
                .withContext(Document.of(Map.of("ticket", 7)))
                .withConfidence(0.5));

        assertThat(cause.who()).isEqualTo(Actor.human("alice"));
        assertThat(cause.context()).isEqualTo(Document.parse("""
                        {"ticket":7,"claimed":{"type":"human","id":"bob","name":"Bob","email":"bob@example.org"}}"""));
        assertThat(cause.what()).isEqualTo("what");
        assertThat(cause.why()).isEqualTo("why");
        assertThat(cause.from()).isEqualTo("a form");
        assertThat(cause.confidenceScore()).isEqualTo(0.5);
    }

    @Test
    void claimOfAnotherKindOfActor_isForgedToo() {
        logIn(ALICE);

        Cause cause = provider.complete(Cause.of(Actor.system("alice"), null, null));

        assertThat(cause.who()).isEqualTo(Actor.human("alice"));
        assertThat(cause.context().at("claimed.type")).isEqualTo("system");
    }

    @Test
    void trueClaim_leavesNothingBehind() {
        logIn(ALICE);

        assertThat(provider.complete(Cause.of(Actor.human("alice"), null, "why")))
                .isEqualTo(Cause.of(Actor.human("alice"), null, "why"));
    }

    @Test
    void principalWithTheAuthority_isAnAgent() {
        contexts.withPropertyValues("deltatrace.cause.ai-authority=SCOPE_agent").run(context -> {
            logIn(UsernamePasswordAuthenticationToken.authenticated(
                    "helper", "secret", AuthorityUtils.createAuthorityList("SCOPE_agent")));

            assertThat(context.getBean(CauseProvider.class).complete(null).who())
                    .isEqualTo(Actor.ai("helper"));
        });
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

        assertThat(provider.complete(null).who()).isEqualTo(Actor.human("u-17").named("Alice", "alice@example.org"));
    }

    @Test
    void oauthUser_saysNameAndAddress() {
        DefaultOAuth2User user =
                new DefaultOAuth2User(List.of(), Map.of("login", "alice", "name", "Alice", "email", 5), "login");
        logIn(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()));

        assertThat(provider.complete(null).who()).isEqualTo(Actor.human("alice").named("Alice", null));
    }

    @Test
    void whoIsNotAuthenticatedYet_isNotBelieved() {
        logIn(UsernamePasswordAuthenticationToken.unauthenticated("mallory", "guess"));

        assertThat(provider.complete(null).who()).isEqualTo(Actor.system("system"));
        assertThat(provider.complete(Cause.of(Actor.ai("job"), null, null))
                        .who()
                        .type())
                .isEqualTo(ActorType.AI);
    }

    @Test
    void applicationsOwnProvider_isTheOnlyOne() {
        contexts.withUserConfiguration(OwnCauses.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(CauseProvider.class)
                        .getBean(CauseProvider.class)
                        .isSameAs(context.getBean("own")));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnCauses {

        @Bean
        CauseProvider own() {
            return CauseProvider.SYSTEM;
        }
    }

    @Test
    void withoutSpringSecurity_causesAreCompletedBySystem() {
        contexts.withClassLoader(new FilteredClassLoader(SecurityContextHolder.class))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(CauseProvider.class);
                    DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                    database.execute(Query.add("users", Map.of("n", 1)));
                    assertThat(database.history().entries(HistoryFilter.all().actor("system")))
                            .hasSize(1);
                });
    }
}
