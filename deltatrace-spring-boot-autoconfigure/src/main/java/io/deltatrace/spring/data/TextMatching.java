package io.deltatrace.spring.data;

import io.deltatrace.condition.Condition;
import io.deltatrace.condition.Field;

/** A way in which the text of a field can match another text. */
enum TextMatching {
    EQUAL,
    STARTING,
    ENDING,
    CONTAINING,
    /** With {@code %} for any characters, {@code _} for one, and {@code \} before one that stands for itself. */
    LIKE,
    /** The text is a pattern in RE2 syntax, which is found anywhere. */
    PATTERN;

    /** The condition that a field is there and matches the text. */
    Condition condition(StoredField stored, String text, boolean ignoringCase) {
        Field field = Field.field(stored.path().toString());
        String flags = ignoringCase ? "(?is)" : "(?s)";
        return switch (this) {
            case EQUAL -> ignoringCase ? stored.equalIgnoringCase(text) : stored.equalTo(text);
            case STARTING -> ignoringCase ? field.matches(flags + "\\A" + quoted(text)) : field.startsWith(text);
            case ENDING -> ignoringCase ? field.matches(flags + quoted(text) + "\\z") : field.endsWith(text);
            case CONTAINING -> ignoringCase ? field.matches(flags + quoted(text)) : field.contains(text);
            case LIKE -> field.matches(flags + "\\A" + wildcards(text) + "\\z");
            case PATTERN -> field.matches(ignoringCase ? "(?i)" + text : text);
        };
    }

    private static String wildcards(String text) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                quote(text.charAt(i), pattern);
            } else if (c == '%') {
                pattern.append(".*");
            } else if (c == '_') {
                pattern.append('.');
            } else {
                quote(c, pattern);
            }
        }
        return pattern.toString();
    }

    private static String quoted(String text) {
        StringBuilder pattern = new StringBuilder();
        text.chars().forEach(c -> quote((char) c, pattern));
        return pattern.toString();
    }

    /** In RE2 a backslash makes any punctuation stand for itself; letters and digits it would give a meaning. */
    private static void quote(char c, StringBuilder pattern) {
        if (c < 128 && !Character.isLetterOrDigit(c)) {
            pattern.append('\\');
        }
        pattern.append(c);
    }
}
