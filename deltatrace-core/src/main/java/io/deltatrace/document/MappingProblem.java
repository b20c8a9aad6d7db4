package io.deltatrace.document;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.PropertyBindingException;

/** What a mapper has against a value, in words that do not quote the value as its own do. */
final class MappingProblem {

    private MappingProblem() {}

    /** Why an object cannot be made of a value, as far as types and names say it. */
    static String reading(@Nullable Object value, JacksonException exception) {
        Class<?> expected = isOfTypesAndNames(exception) ? null : expected(exception);
        return expected == null
                ? writing(exception)
                : "expected " + expected.getTypeName() + ", but found "
                        + Values.describe(at(value, exception.getPath())) + " that does not fit";
    }

    /** Why a value cannot be made of an object, as far as types and names say it. */
    static String writing(JacksonException exception) {
        if (isOfTypesAndNames(exception)) {
            return exception.getOriginalMessage();
        }
        Throwable thrown = exception;
        while (thrown instanceof JacksonException && thrown.getCause() != null) {
            thrown = thrown.getCause();
        }
        return thrown.getClass().getName() + " was thrown";
    }

    private static boolean isOfTypesAndNames(JacksonException exception) {
        return exception instanceof InvalidDefinitionException
                || exception instanceof InvalidNullException
                || exception instanceof PropertyBindingException
                || exception instanceof StreamConstraintsException;
    }

    private static @Nullable Class<?> expected(JacksonException exception) {
        if (exception instanceof MismatchedInputException mismatched) {
            return mismatched.getTargetType();
        }
        return exception instanceof InputCoercionException coerced ? coerced.getTargetType() : null;
    }

    private static @Nullable Object at(@Nullable Object value, List<JacksonException.Reference> path) {
        Object found = value;
        for (JacksonException.Reference step : path) {
            String name = step.getPropertyName();
            if (name != null && found instanceof Document document) {
                found = document.get(name);
            } else if (found instanceof List<?> list && step.getIndex() >= 0 && step.getIndex() < list.size()) {
                found = list.get(step.getIndex());
            }
        }
        return found;
    }
}
