package io.deltatrace.document;

import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/** Says that a Java object has no JSON form. The path to it is put together on the way out, so that success costs nothing. */
final class UnsupportedValue extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_PATH = 200;

    private final String problem;
    private String path = "";

    UnsupportedValue(String problem) {
        super(problem);
        this.problem = problem;
    }

    UnsupportedValue(String problem, Throwable cause) {
        super(problem, cause);
        this.problem = problem;
    }

    /** This exception, seen from one object or array further out. */
    UnsupportedValue within(String segment) {
        String separator = path.isEmpty() || path.startsWith("[") ? "" : ".";
        path = segment + separator + path;
        return this;
    }

    @Override
    public String getMessage() {
        return path.isEmpty() ? problem : problem + " at " + shortened(path);
    }

    /** The path that a mapping exception has, as text to append to its message. */
    static String at(JacksonException exception) {
        String path = exception.getPath().stream()
                .map(reference -> reference.getPropertyName() == null
                        ? "[" + reference.getIndex() + "]"
                        : reference.getPropertyName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "" : " at " + shortened(path);
    }

    private static String shortened(String path) {
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "…";
    }
}
