package io.deltatrace.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;

/** Knows what whoever makes an HTTP request may do. Called once per request, by any thread. */
@FunctionalInterface
public interface PermissionResolver {

    /** What the caller may do; {@link Grants#NONE} for one who may do nothing. What the body of the request claims is not to be trusted. */
    Grants resolve(HttpServletRequest request);

    /**
     * What the authorities say that Spring Security knows of the caller, see {@link Grants#ofAuthority}, and what is granted to
     * the caller's roles.
     *
     * @param roles by the name of the role, with or without {@code ROLE_}
     */
    static PermissionResolver ofAuthorities(Map<String, Grants> roles) {
        return new AuthorityPermissions(roles);
    }
}
