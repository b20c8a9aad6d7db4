package io.deltatrace.spring.web;

import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a caller may do over HTTP. Immutable.
 *
 * @param permissions what is allowed, by collection; what is allowed on {@value #EVERY_COLLECTION} is on all of them, also on
 *     those that are still to come
 * @param exporting whether the caller may export the whole database
 * @param importing whether the caller may replace the whole database by an import
 */
public record Grants(Map<String, Permission> permissions, boolean exporting, boolean importing) {

    /** Stands for all collections. */
    public static final String EVERY_COLLECTION = "*";

    /** Nothing is allowed. */
    public static final Grants NONE = new Grants(Map.of(), false, false);

    /** Everything is allowed. */
    public static final Grants ALL =
            new Grants(Map.of(EVERY_COLLECTION, Permission.of(QueryType.values())), true, true);

    private static final String AUTHORITY = "deltatrace:";
    private static final Set<QueryType> READS =
            Set.of(QueryType.SEARCH, QueryType.SEARCH_ONE, QueryType.GET_ALL, QueryType.COUNT);

    /** Copies the permissions. */
    public Grants {
        permissions = Map.copyOf(permissions);
    }

    /**
     * What is allowed by words: {@code read}, {@code write}, {@code *} for both, or the name of a query type, such as {@code
     * searchOne}.
     *
     * @throws IllegalArgumentException for another word
     */
    public static Grants on(String collection, Collection<String> words) {
        Set<QueryType> types = EnumSet.noneOf(QueryType.class);
        words.forEach(word -> types.addAll(types(word)));
        return new Grants(Map.of(collection, new Permission(types)), false, false);
    }

    /**
     * What an authority of Spring Security allows: {@code deltatrace:<collection>:<word>} with the words of {@link #on}, {@code
     * deltatrace:export} and {@code deltatrace:import}. Any other allows nothing.
     */
    public static Grants ofAuthority(String authority) {
        if (!authority.startsWith(AUTHORITY)) {
            return NONE;
        }
        String granted = authority.substring(AUTHORITY.length());
        int colon = granted.lastIndexOf(':');
        if (colon < 0) {
            return new Grants(Map.of(), granted.equals("export"), granted.equals("import"));
        }
        try {
            return on(granted.substring(0, colon), Set.of(granted.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            // Who made the authority meant something that this version does not know; that is not to open anything.
            return NONE;
        }
    }

    private static Set<QueryType> types(String word) {
        return switch (word) {
            case "*" -> EnumSet.allOf(QueryType.class);
            case "read" -> READS;
            case "write" -> EnumSet.complementOf(EnumSet.copyOf(READS));
            default ->
                Set.of(Arrays.stream(QueryType.values())
                        .filter(type -> type.wireName().equals(word))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "'" + word + "' is neither read, write nor *, nor a type of queries")));
        };
    }

    /** What these or the others allow. */
    public Grants and(Grants others) {
        Map<String, Permission> either = new HashMap<>(permissions);
        others.permissions.forEach((collection, permission) -> either.merge(collection, permission, Grants::either));
        return new Grants(either, exporting || others.exporting, importing || others.importing);
    }

    private static Permission either(Permission one, Permission other) {
        Set<QueryType> types = EnumSet.noneOf(QueryType.class);
        types.addAll(one.allows());
        types.addAll(other.allows());
        return new Permission(types);
    }

    /** What is allowed on each of the collections, as the database takes it. */
    Map<String, Permission> onEach(Collection<String> collections) {
        Permission nothing = Permission.of();
        Permission everywhere = permissions.getOrDefault(EVERY_COLLECTION, nothing);
        Map<String, Permission> onEach = new LinkedHashMap<>();
        collections.forEach(name -> onEach.put(name, either(everywhere, permissions.getOrDefault(name, nothing))));
        return onEach;
    }

    /** Whether the documents of a collection may be searched. */
    boolean mayRead(String collection) {
        return Permission.denial(onEach(Set.of(collection)), collection, QueryType.SEARCH) == null;
    }

    /** Whether there may be a collection whose documents may be searched. */
    boolean mayReadAny() {
        return permissions.values().stream().anyMatch(permission -> permission.allows(QueryType.SEARCH));
    }
}
