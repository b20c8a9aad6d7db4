package io.deltatrace.document;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * The ordered field names that many documents have in common.
 *
 * <p>A document is a shape and an array of values, so a name costs memory once, and a reader that has met a shape before
 * knows where its field is without looking at a name. The idea is that of "maps" in the Self implementation (Chambers,
 * Ungar, Lee: "An efficient implementation of Self", OOPSLA 1989).
 *
 * <p>Shapes are interned: two live documents with the same names in the same order have the same shape instance. The table
 * holds them weakly, because documents used as dictionaries make shapes that nothing else will ever share.
 */
final class Shape {

    static final int ABSENT = -1;

    private static final int SCAN_LIMIT = 8;
    private static final Map<Interned, Interned> TABLE = new ConcurrentHashMap<>();
    private static final ReferenceQueue<Shape> COLLECTED = new ReferenceQueue<>();
    private static final int OFTEN = 1_000;

    static final Shape EMPTY = of(new String[0], 0);

    private final String[] names;
    private final @Nullable Map<String, Integer> slots;

    /** About how often the names were asked for as they are in JSON text. */
    private int asked;

    private volatile SerializableString @Nullable [] encoded;

    private Shape(String[] names) {
        this.names = names;
        this.slots = names.length > SCAN_LIMIT ? index(names) : null;
    }

    /** The shape with the first {@code size} of the given names, which must be distinct. */
    static Shape of(String[] names, int size) {
        forgetCollected();
        String[] own = Arrays.copyOf(names, size);
        Shape candidate = new Shape(own);
        Interned entry = new Interned(candidate, own);
        while (true) {
            Interned existing = TABLE.putIfAbsent(entry, entry);
            if (existing == null) {
                return candidate;
            }
            Shape shape = existing.get();
            if (shape != null) {
                return shape;
            }
            TABLE.remove(existing, existing);
        }
    }

    private static Map<String, Integer> index(String[] names) {
        Map<String, Integer> index = new HashMap<>(names.length * 2);
        for (int i = 0; i < names.length; i++) {
            index.put(names[i], i);
        }
        return index;
    }

    private static void forgetCollected() {
        for (Object dead = COLLECTED.poll(); dead != null; dead = COLLECTED.poll()) {
            TABLE.remove((Interned) dead);
        }
    }

    int size() {
        return names.length;
    }

    String name(int slot) {
        return names[slot];
    }

    List<String> names() {
        return List.of(names);
    }

    /**
     * The names as they are in JSON text; null until they have been asked for {@value #OFTEN} times, because they take more memory
     * than names, and shapes of documents that are used as dictionaries are many, and seldom asked. Not to be changed.
     */
    SerializableString @Nullable [] encoded() {
        SerializableString[] known = encoded;
        if (known != null || asked++ < OFTEN) {
            return known;
        }
        SerializableString[] made = new SerializableString[names.length];
        for (int i = 0; i < made.length; i++) {
            made[i] = new SerializedString(names[i]);
            // It makes these when they are asked for, in fields that are not volatile: made here, every thread sees
            // them whole.
            made[i].asQuotedUTF8();
            made[i].asQuotedChars();
        }
        encoded = made;
        return made;
    }

    /** The position of a name, or {@link #ABSENT}. */
    int slot(String name) {
        Map<String, Integer> index = slots;
        if (index != null) {
            return index.getOrDefault(name, ABSENT);
        }
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return ABSENT;
    }

    Shape plus(String name) {
        String[] more = Arrays.copyOf(names, names.length + 1);
        more[names.length] = name;
        return of(more, more.length);
    }

    Shape minus(int slot) {
        String[] fewer = new String[names.length - 1];
        System.arraycopy(names, 0, fewer, 0, slot);
        System.arraycopy(names, slot + 1, fewer, slot, fewer.length - slot);
        return of(fewer, fewer.length);
    }

    /** An entry of the table; equal to another by its names for as long as its shape is alive. */
    private static final class Interned extends WeakReference<Shape> {

        private final int hash;

        Interned(Shape shape, String[] names) {
            super(shape, COLLECTED);
            this.hash = Arrays.hashCode(names);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            if (!(other instanceof Interned that) || hash != that.hash) {
                return false;
            }
            Shape mine = get();
            Shape theirs = that.get();
            return mine != null && theirs != null && Arrays.equals(mine.names, theirs.names);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
