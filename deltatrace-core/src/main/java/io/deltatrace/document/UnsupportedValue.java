package io.deltatrace.document;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamContext;

/** Says that a Java object has no JSON form. The path to it is put together on the way out, so that success costs nothing. */
final class UnsupportedValue extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_PATH = 200;

    private final String problem;
    private String path;

    UnsupportedValue(String problem) {
        this(problem, "", null);
    }

    UnsupportedValue(String problem, String path, @Nullable Throwable cause) {
        super(problem, cause);
        this.problem = problem;
        this.path = path;
    }

    /** This exception, seen from one object further out. */
    UnsupportedValue within(String name) {
        path = joined(name, path);
        return this;
    }

    /** This exception, seen from one array further out. */
    UnsupportedValue within(int index) {
        path = joined("[" + index + "]", path);
        return this;
    }

    @Override
    public String getMessage() {
        return at(problem, path);
    }

    /** A problem and the path to it, as {@code user.tags[1]}. */
    static String at(String problem, String path) {
        if (path.isEmpty()) {
            return problem;
        }
        return problem + " at "
                + (path.length() <= LONGEST_PATH ? path : Values.wellFormed(path.substring(0, LONGEST_PATH)) + "…");
    }

    /** The path that a mapping exception has. */
    static String pathOf(JacksonException exception) {
        String path = "";
        for (int i = exception.getPath().size() - 1; i >= 0; i--) {
            JacksonException.Reference reference = exception.getPath().get(i);
            String name = reference.getPropertyName();
            path = joined(name == null ? "[" + reference.getIndex() + "]" : name, path);
        }
        return path;
    }

    /** The path to where a parser is. */
    static String pathOf(TokenStreamContext place) {
        String path = "";
        for (TokenStreamContext context = place; context != null && !context.inRoot(); context = context.getParent()) {
            path = joined(context.inArray() ? "[" + context.getCurrentIndex() + "]" : context.currentName(), path);
        }
        return path;
    }

    private static String joined(String outer, String inner) {
        return outer + (inner.isEmpty() || inner.startsWith("[") ? "" : ".") + inner;
    }
}
