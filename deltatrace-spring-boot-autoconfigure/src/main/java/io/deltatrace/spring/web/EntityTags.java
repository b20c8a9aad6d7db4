package io.deltatrace.spring.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Entity tags of answers to reads: the same question at the same revision has the same answer. They are weak, because an answer
 * may be compressed, and good for one run of the application, because without files it may give a revision twice.
 */
final class EntityTags {

    private static final int HASH_BYTES = 16;

    private final String run = UUID.randomUUID().toString().substring(0, 8);

    String tag(long revision, byte[] question) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(question);
            return "W/\"" + run + "-" + revision + "-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Whether a tag is among those that a client has. */
    static boolean matches(Enumeration<String> known, String tag) {
        return Collections.list(known).stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .anyMatch(one -> tag.equals(one.trim()) || tag.equals("W/" + one.trim()));
    }
}
