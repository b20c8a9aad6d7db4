package io.deltatrace.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/** What the authorities and roles of the caller allow, as Spring Security knows them. Thread-safe. */
final class AuthorityPermissions implements PermissionResolver {

    private static final String ROLE = "ROLE_";

    private final Map<String, Grants> roles;

    AuthorityPermissions(Map<String, Grants> roles) {
        this.roles = Map.copyOf(roles);
    }

    @Override
    public Grants resolve(HttpServletRequest request) {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null || !caller.isAuthenticated()) {
            return Grants.NONE;
        }
        return caller.getAuthorities().stream().map(this::grants).reduce(Grants.NONE, Grants::and);
    }

    private Grants grants(GrantedAuthority granted) {
        String authority = granted.getAuthority();
        if (authority == null) {
            return Grants.NONE;
        }
        Grants ofRole = roles.getOrDefault(authority, Grants.NONE);
        if (authority.startsWith(ROLE)) {
            ofRole = ofRole.and(roles.getOrDefault(authority.substring(ROLE.length()), Grants.NONE));
        }
        return Grants.ofAuthority(authority).and(ofRole);
    }
}
