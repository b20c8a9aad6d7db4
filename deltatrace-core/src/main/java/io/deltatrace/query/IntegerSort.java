package io.deltatrace.query;

import io.deltatrace.document.Document;
import io.deltatrace.document.FieldReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts documents by one field of which all values are integers, as most are that anything is sorted by.
 *
 * <p>A key is a value and, in the bits below it, the place of its document; so keys are plain numbers, no two are equal, and
 * sorting them is stable.
 */
final class IntegerSort {

    private final List<Document> documents;
    private final long[] values;
    private final boolean reversed;

    /**
     * The sort of documents, of which there must be some.
     *
     * @param values what they are sorted by; is used up
     */
    IntegerSort(List<Document> documents, long[] values, boolean reversed) {
        this.documents = documents;
        this.values = values;
        this.reversed = reversed;
    }

    /** The sort of documents by a field, of which there must be some; null if a value is no integer. */
    static @Nullable IntegerSort of(List<Document> documents, FieldReader field, boolean reversed) {
        long[] values = new long[documents.size()];
        for (int i = 0; i < values.length; i++) {
            if (!(field.read(documents.get(i)) instanceof Long value)) {
                return null;
            }
            values[i] = value;
        }
        return new IntegerSort(documents, values, reversed);
    }

    /** The first documents in order, as many as are wanted, or all; null if the values are too far apart for keys. */
    @Nullable
    List<Document> first(int most) {
        long least = values[0];
        long greatest = values[0];
        boolean sorted = true;
        for (int i = 1; i < values.length; i++) {
            least = Math.min(least, values[i]);
            greatest = Math.max(greatest, values[i]);
            sorted &= reversed ? values[i - 1] >= values[i] : values[i - 1] <= values[i];
        }
        if (sorted) {
            return most < documents.size() ? documents.subList(0, most) : documents;
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(values.length - 1);
        long span = greatest - least;
        if (span < 0 || span >>> (Long.SIZE - 1 - bits) != 0) {
            return null;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (reversed ? greatest - values[i] : values[i] - least) << bits | i;
        }
        long[] keys = firstKeys(Math.min(most, values.length));
        List<Document> first = new ArrayList<>(keys.length);
        for (long key : keys) {
            first.add(documents.get((int) (key & (1L << bits) - 1)));
        }
        return first;
    }

    /** Keeps up to twice as many keys as are wanted; when there are that many, the greater half goes. */
    private long[] firstKeys(int most) {
        if (most > values.length / 4) {
            Arrays.sort(values);
            return Arrays.copyOf(values, most);
        }
        long[] kept = new long[2 * most];
        int size = 0;
        long limit = Long.MAX_VALUE;
        for (long key : values) {
            if (key < limit && size < kept.length) {
                kept[size++] = key;
                if (size == kept.length) {
                    Arrays.sort(kept);
                    size = most;
                    limit = kept[most - 1];
                }
            }
        }
        Arrays.sort(kept, 0, size);
        return Arrays.copyOf(kept, Math.min(size, most));
    }
}
