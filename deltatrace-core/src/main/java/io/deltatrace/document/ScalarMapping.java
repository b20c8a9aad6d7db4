package io.deltatrace.document;

import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The mapping of a type whose values have no parts. */
record ScalarMapping(UnaryOperator<Object> writer, UnaryOperator<Object> reader) implements ValueMapping {

    private static final ScalarMapping LONG =
            new ScalarMapping(value -> value, value -> value instanceof Long ? value : UNSURE);
    private static final ScalarMapping DOUBLE = new ScalarMapping(
            ScalarMapping::finite,
            value -> value instanceof Double ? value : value instanceof Long number ? (double) number : UNSURE);
    private static final ScalarMapping BOOLEAN =
            new ScalarMapping(value -> value, value -> value instanceof Boolean ? value : UNSURE);

    /** Of instants; a record has them in documents without it as well, see {@link RecordMapping}. */
    static final ScalarMapping INSTANT =
            new ScalarMapping(value -> Timestamps.format((Instant) value), ScalarMapping::instant);

    /** Of all types of which the mapping is known, and does not depend on how Jackson is set up. */
    static final Map<Class<?>, ScalarMapping> ALL = Map.ofEntries(
            Map.entry(
                    String.class,
                    new ScalarMapping(
                            value -> Values.requireText((String) value),
                            value -> value instanceof String ? value : UNSURE)),
            Map.entry(long.class, LONG),
            Map.entry(Long.class, LONG),
            Map.entry(int.class, integer(Integer.MIN_VALUE, Integer.MAX_VALUE, Long::intValue)),
            Map.entry(Integer.class, integer(Integer.MIN_VALUE, Integer.MAX_VALUE, Long::intValue)),
            Map.entry(short.class, integer(Short.MIN_VALUE, Short.MAX_VALUE, Long::shortValue)),
            Map.entry(Short.class, integer(Short.MIN_VALUE, Short.MAX_VALUE, Long::shortValue)),
            Map.entry(double.class, DOUBLE),
            Map.entry(Double.class, DOUBLE),
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(Instant.class, INSTANT));

    private static ScalarMapping integer(long least, long greatest, Function<Long, Object> narrow) {
        return new ScalarMapping(
                value -> ((Number) value).longValue(),
                value -> value instanceof Long number && number >= least && number <= greatest
                        ? narrow.apply(number)
                        : UNSURE);
    }

    private static Object finite(Object value) {
        double number = (Double) value;
        if (!Double.isFinite(number)) {
            throw new UnsupportedValue(number + " is not a JSON number");
        }
        return value;
    }

    /** Of what a record left in a document, and of the text that everybody reads alike; Jackson knows what else it takes. */
    private static Object instant(Object value) {
        if (value instanceof Instant) {
            return value;
        }
        Instant instant = value instanceof String text ? CanonicalInstant.parse(text) : null;
        return instant == null ? UNSURE : instant;
    }

    @Override
    public Object toValue(Object object) {
        return writer.apply(object);
    }

    @Override
    public Object toObject(Object value) {
        return reader.apply(value);
    }

    /** As are the objects of all types that have such a mapping. */
    @Override
    public boolean isImmutable(Object object) {
        return true;
    }
}
