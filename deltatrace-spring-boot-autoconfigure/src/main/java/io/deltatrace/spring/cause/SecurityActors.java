package io.deltatrace.spring.cause;

import io.deltatrace.cause.Actor;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.util.ClassUtils;

/**
 * Those whom Spring Security has authenticated, in this thread or for the HTTP request that it works on, with name and e-mail from the claims of an OAuth 2 token or user.
 * Whoever makes an HTTP request without being authenticated is called as Spring Security does. Thread-safe.
 */
final class SecurityActors implements Principals {

    private static final boolean HAS_CLAIMS = ClassUtils.isPresent(
            "org.springframework.security.oauth2.core.ClaimAccessor", SecurityActors.class.getClassLoader());

    private final String aiAuthority;

    /** Those who have the authority are taken for artificial agents. */
    SecurityActors(String aiAuthority) {
        this.aiAuthority = aiAuthority;
    }

    @Override
    public @Nullable Actor authenticated(CauseContext context) {
        Arrival arrival = context.arrival();
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null && arrival != null && arrival.user() instanceof Authentication ofRequest) {
            authentication = ofRequest;
        }
        if (authentication == null || !authentication.isAuthenticated()) {
            return arrival == null ? null : ANONYMOUS;
        }
        return actor(authentication);
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
