package io.deltatrace.autoconfigure.cause;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.document.Document;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.util.ClassUtils;

/**
 * Says who asks: the one whom Spring Security has authenticated in this thread. What a cause claims about that does not count;
 * where it differs it is kept in the cause's context, under {@value #CLAIMED}. Where nobody is authenticated, as in jobs, the
 * cause stands, and is {@code system} if it names nobody; whoever is anonymous in a request is called as Spring Security does.
 * Thread-safe.
 */
final class AuthenticatedCauseProvider implements CauseProvider {

    static final String CLAIMED = "claimed";

    private static final boolean HAS_CLAIMS = ClassUtils.isPresent(
            "org.springframework.security.oauth2.core.ClaimAccessor",
            AuthenticatedCauseProvider.class.getClassLoader());

    private final String aiAuthority;

    /** Those who have the authority are taken for artificial agents. */
    AuthenticatedCauseProvider(String aiAuthority) {
        this.aiAuthority = aiAuthority;
    }

    @Override
    public Cause complete(@Nullable Cause given) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !authentication.isAuthenticated()) {
            return SYSTEM.complete(given);
        }
        Actor who = actor(authentication);
        if (given == null) {
            return Cause.of(who, null, null);
        }
        Actor claimed = given.who();
        Cause cause = given.withWho(who);
        return claimed == null || isSame(claimed, who) ? cause : cause.withContext(withClaim(given.context(), claimed));
    }

    private Actor actor(Authentication authentication) {
        boolean ai = authentication.getAuthorities().stream()
                .anyMatch(authority -> aiAuthority.equals(authority.getAuthority()));
        String id = authentication.getName();
        Actor who = ai ? Actor.ai(id) : Actor.human(id);
        Map<String, Object> claims = HAS_CLAIMS ? Claims.of(authentication.getPrincipal()) : Map.of();
        return who.named(text(claims.get("name")), text(claims.get("email")));
    }

    private static @Nullable String text(@Nullable Object claim) {
        return claim instanceof String text ? text : null;
    }

    private static boolean isSame(Actor claimed, Actor who) {
        return claimed.type() == who.type() && claimed.id().equals(who.id());
    }

    private static Document withClaim(@Nullable Document context, Actor claimed) {
        Document claim = Document.builder()
                .put("type", claimed.type().wireName())
                .put("id", claimed.id())
                .put("name", claimed.name())
                .put("email", claimed.email())
                .build();
        return (context == null ? Document.empty() : context).with(CLAIMED, claim);
    }

    /** Loaded only where there is OAuth 2. */
    private static final class Claims {

        private Claims() {}

        static Map<String, Object> of(@Nullable Object principal) {
            if (principal instanceof ClaimAccessor token) {
                return token.getClaims();
            }
            return principal instanceof OAuth2AuthenticatedPrincipal user ? user.getAttributes() : Map.of();
        }
    }
}
