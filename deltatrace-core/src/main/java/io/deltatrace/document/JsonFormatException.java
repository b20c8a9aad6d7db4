package io.deltatrace.document;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;

/** JSON that cannot be read: malformed, beyond a limit, or not what is expected at that place. */
public final class JsonFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * What Jackson says too much: a word of the text, which may be a value; and of its own settings, that it does not show the
     * text, and where a limit can be changed.
     */
    private static final Pattern JACKSON = Pattern.compile(
            "(?<=Unrecognized token) '[^']*'|(?<=\\[)Source: [^;]*; |, from `?StreamReadConstraints[^)]*\\(\\)`?(?=\\))");

    private final String problem;
    private final int line;
    private final int column;
    private final String pointer;

    private JsonFormatException(
            String problem, @Nullable TokenStreamLocation location, String pointer, @Nullable Throwable cause) {
        super(Values.wellFormed(problem + where(location, pointer)), cause);
        this.problem = Values.wellFormed(problem);
        this.line = location == null ? -1 : location.getLineNr();
        this.column = location == null ? -1 : columnOf(location);
        this.pointer = pointer;
    }

    /** A problem with the token that the parser is at. */
    public static JsonFormatException at(JsonParser parser, String problem) {
        return new JsonFormatException(problem, parser.currentTokenLocation(), pointer(parser), null);
    }

    /** What the rules of a value say against it, whose text the parser has just read. */
    public static JsonFormatException rejecting(JsonParser parser, IllegalArgumentException cause) {
        return new JsonFormatException(
                String.valueOf(cause.getMessage()), parser.currentTokenLocation(), pointer(parser), cause);
    }

    /** A problem that the parser found itself, whose own exception would quote the text. */
    public static JsonFormatException of(JsonParser parser, JacksonException cause) {
        TokenStreamLocation location = cause.getLocation();
        return new JsonFormatException(
                JACKSON.matcher(cause.getOriginalMessage()).replaceAll(""),
                location == null ? parser.currentTokenLocation() : location,
                pointer(parser),
                null);
    }

    /** Bytes that are no text in the encoding that the first of them are of; the place is not known. */
    public static JsonFormatException undecodable(JacksonException cause) {
        return new JsonFormatException(cause.getOriginalMessage(), null, "", cause);
    }

    /** Before the first character Jackson counts column 0. */
    private static int columnOf(TokenStreamLocation location) {
        return Math.max(1, location.getColumnNr());
    }

    private static String pointer(JsonParser parser) {
        return parser.streamReadContext().pathAsPointer().toString();
    }

    private static String where(@Nullable TokenStreamLocation location, String pointer) {
        String place = location == null ? "" : " at line " + location.getLineNr() + ", column " + columnOf(location);
        return pointer.isEmpty() ? place : place + " (" + pointer + ")";
    }

    /**
     * Whether the text is as it should be, but what it says is against the rules: a pattern that does not compile, a query that
     * lacks a part. What cannot be understood at all is no rejection.
     */
    public boolean isRejection() {
        return getCause() instanceof IllegalArgumentException;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }

    /** The line, from 1; -1 if it is not known. */
    public int line() {
        return line;
    }

    /** The column, from 1; -1 if it is not known. */
    public int column() {
        return column;
    }

    /** The JSON pointer (RFC 6901) to the value, empty for the whole text. */
    public String pointer() {
        return pointer;
    }
}
