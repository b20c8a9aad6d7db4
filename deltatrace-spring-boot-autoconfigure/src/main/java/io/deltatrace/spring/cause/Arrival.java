package io.deltatrace.spring.cause;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An HTTP request that came in. Thread-safe. */
interface Arrival {

    /** When it came in. */
    Instant at();

    /** What identifies it, best in the logs of all it went through; null if nothing does. */
    @Nullable
    String id();

    /** The reason that its sender gave; null if none was given. */
    @Nullable
    String reason();

    /** Its method, the template of its route as far as that is known yet, and the address of its sender. */
    String from();

    /** The method that handles it; null if that is not known, yet or at all. */
    @Nullable
    String handler();

    /** Who has been authenticated, as far as that is known yet; null if nobody has. */
    @Nullable
    Principal user();

    /** Where a request comes from, in words. */
    static String from(String method, String route, @Nullable String address) {
        return method + " " + route + (address == null ? "" : " from " + address);
    }

    /**
     * A header as its sender meant it. Headers are bytes; servers take them for ISO 8859-1, senders mostly write UTF-8.
     *
     * @param header null if it was not sent
     * @return null if nothing was said
     */
    static @Nullable String text(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        try {
            ByteBuffer bytes = StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(header));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString().strip();
        } catch (CharacterCodingException e) {
            // Then it is text already, or really ISO 8859-1.
            return header.strip();
        }
    }
}
