package io.deltatrace.internal.engine;

import io.deltatrace.condition.TextPrefix;
import io.deltatrace.condition.ValueTest;
import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.FieldReader;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values that one field has in the documents of a leaf, side by side in memory. Who looks at one field of all documents
 * reads a small part of the memory that it would have to read otherwise; the idea is that of the pages of Ailamaki, DeWitt, Hill and
 * Skounakis: "Weaving relations for cache performance", VLDB 2001. Immutable.
 */
abstract sealed class Column {

    private final FieldPath field;

    private Column(FieldPath field) {
        this.field = field;
    }

    /**
     * The column of a field.
     *
     * @param documents those of a leaf
     */
    static Column of(FieldPath field, FieldReader reader, Document[] documents) {
        @Nullable Object[] values = new @Nullable Object[documents.length];
        int integers = 0;
        int texts = 0;
        for (int i = 0; i < values.length; i++) {
            Object value = reader.read(documents[i]);
            values[i] = value;
            integers += value instanceof Long ? 1 : 0;
            texts += value instanceof String ? 1 : 0;
        }
        return integers == values.length
                ? new Integers(field, values)
                : texts == values.length ? new Texts(field, values) : new Mixed(field, values);
    }

    boolean isOf(FieldPath path) {
        return field.equals(path);
    }

    /** Which values pass a test; as {@link LeafTest#test}. */
    abstract int test(ValueTest test, int candidates);

    /** What the values are, if all are integers or all texts; null if they are neither. */
    @Nullable
    Class<?> type() {
        return null;
    }

    /** The values, if all are integers; null if they are not. Not to be changed. */
    long @Nullable [] integers() {
        return null;
    }

    private static final class Integers extends Column {

        private final long[] values;

        Integers(FieldPath field, @Nullable Object[] values) {
            super(field);
            this.values = new long[values.length];
            for (int i = 0; i < values.length; i++) {
                this.values[i] = (long) Objects.requireNonNull(values[i]);
            }
        }

        @Override
        int test(ValueTest test, int candidates) {
            return test.testAll(values, candidates);
        }

        @Override
        Class<?> type() {
            return Long.class;
        }

        @Override
        long[] integers() {
            return values;
        }
    }

    private static final class Texts extends Column {

        private final String[] values;
        private final long[] prefixes;

        Texts(FieldPath field, @Nullable Object[] values) {
            super(field);
            this.values = new String[values.length];
            this.prefixes = new long[values.length];
            for (int i = 0; i < values.length; i++) {
                this.values[i] = (String) Objects.requireNonNull(values[i]);
                this.prefixes[i] = TextPrefix.of(this.values[i]);
            }
        }

        @Override
        int test(ValueTest test, int candidates) {
            return test.testAll(values, prefixes, candidates);
        }

        @Override
        Class<?> type() {
            return String.class;
        }
    }

    private static final class Mixed extends Column {

        private final @Nullable Object[] values;

        Mixed(FieldPath field, @Nullable Object[] values) {
            super(field);
            this.values = values;
        }

        @Override
        int test(ValueTest test, int candidates) {
            int passed = 0;
            for (int left = candidates; left != 0; left &= left - 1) {
                int i = Integer.numberOfTrailingZeros(left);
                if (test.test(values[i])) {
                    passed |= 1 << i;
                }
            }
            return passed;
        }
    }
}
