package io.deltatrace.internal.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a line of the journal says of its place in the chain of hashes.
 *
 * <p>A line is an object whose first member is its revision and whose last two are the hash of the line before it and its own.
 * Its own is the SHA-256 of the line without that last member and without its end, so that
 * <code>sed 's/,"hash":"[0-9a-f]*"}$/}/' | tr -d '\n' | sha256sum</code> finds it too. As a line contains the previous hash, its hash depends on
 * all lines before it (after Haber and Stornetta: "How to time-stamp a digital document", 1991).
 *
 * @param revision the entry
 * @param previousHash the hash of the entry before it
 * @param hash its own hash, which is right
 */
public record ChainedLine(long revision, String previousHash, String hash) {

    private static final int HASH_LENGTH = 64;
    private static final byte[] START = ascii("{\"revision\":");
    private static final byte[] PREVIOUS = ascii(",\"prev\":\"");
    private static final byte[] HASH = ascii("\",\"hash\":\"");
    private static final byte[] END = ascii("\"}");
    // The line that is hashed still has the quotation mark of the previous hash, and a brace in place of the rest.
    private static final int CUT = HASH.length - 1 + HASH_LENGTH + END.length;
    private static final int MAX_DIGITS = 18;

    /** What the line says; null if it is no line of a journal, or its hash is wrong. */
    public static @Nullable ChainedLine read(byte[] line, MessageDigest digest) {
        int hashAt = line.length - END.length - HASH_LENGTH;
        int previousAt = hashAt - HASH.length - HASH_LENGTH;
        if (previousAt - PREVIOUS.length <= START.length
                || !is(START, line, 0)
                || !is(PREVIOUS, line, previousAt - PREVIOUS.length)
                || !is(HASH, line, hashAt - HASH.length)
                || !is(END, line, hashAt + HASH_LENGTH)) {
            return null;
        }
        String hash = new String(line, hashAt, HASH_LENGTH, StandardCharsets.ISO_8859_1);
        return hash.equals(hashOf(line, line.length - CUT, digest))
                ? new ChainedLine(
                        number(line), new String(line, previousAt, HASH_LENGTH, StandardCharsets.ISO_8859_1), hash)
                : null;
    }

    /**
     * The line of an entry with its end.
     *
     * @param unhashed starts with all of the line but its hash and its closing brace
     */
    static byte[] complete(byte[] unhashed, int length, String hash) {
        byte[] line = new byte[length + CUT + 1];
        System.arraycopy(unhashed, 0, line, 0, length);
        int position = length;
        System.arraycopy(HASH, 1, line, position, HASH.length - 1);
        position += HASH.length - 1;
        System.arraycopy(ascii(hash), 0, line, position, HASH_LENGTH);
        position += HASH_LENGTH;
        System.arraycopy(END, 0, line, position, END.length);
        line[line.length - 1] = '\n';
        return line;
    }

    /** The hash of a line of which all is given but its hash and its closing brace. */
    static String hashOf(byte[] line, int length, MessageDigest digest) {
        digest.update(line, 0, length);
        digest.update((byte) '}');
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The algorithm of the chain; an instance is for one thread at a time. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The number that the line starts with; 0, which no revision is, if there is none. */
    private static long number(byte[] line) {
        long number = 0;
        int end = START.length + MAX_DIGITS;
        for (int i = START.length; i < end && line[i] >= '0' && line[i] <= '9'; i++) {
            number = 10 * number + line[i] - '0';
        }
        return number;
    }

    private static boolean is(byte[] part, byte[] line, int position) {
        for (int i = 0; i < part.length; i++) {
            if (line[position + i] != part[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
