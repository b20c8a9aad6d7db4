package io.deltatrace.internal.engine;

import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.HistoryFilter.Term;
import io.deltatrace.history.Outcome;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Tells which of some entries that follow each other say what, so that looking for them need not read all. Thread-safe.
 *
 * <p>An inverted index: for each term the ascending numbers of its entries, as differences of variable length, which most
 * often take a byte each (Zobel and Moffat: "Inverted files for text search engines", 2006).
 */
public final class EntryIndex {

    private static final Term[] TERMS = Term.values();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Postings> postings = new HashMap<>();

    /** For each collection those that appear in an entry with it, directly or with others between them; unless it is alone. */
    private final Map<String, Set<String>> connected = new HashMap<>();

    private final long first;
    private int count;

    private record Key(Term term, String value) {}

    /** An index of no entries yet, the first of which will have the given revision. */
    public EntryIndex(long first) {
        this.first = first;
    }

    /** How many entries there are in it. */
    public int count() {
        return count;
    }

    /** The revision of its last entry, or the one before its first if there is none. */
    public long last() {
        return first + count - 1;
    }

    /** Takes the next entry. */
    public void add(HistoryEntry entry) {
        if (entry.revision() != first + count) {
            throw new IllegalArgumentException("Revision " + entry.revision() + " is not the next one");
        }
        lock.lock();
        try {
            for (Term term : TERMS) {
                for (String value : term.valuesOf(entry)) {
                    postings.computeIfAbsent(new Key(term, value), key -> new Postings())
                            .add(count);
                }
            }
            connect(entry.collections());
            count++;
        } finally {
            lock.unlock();
        }
    }

    private void connect(List<String> collections) {
        if (collections.size() < 2
                || connected.getOrDefault(collections.get(0), Set.of()).containsAll(collections)) {
            return;
        }
        Set<String> group = new TreeSet<>(collections);
        collections.forEach(name -> group.addAll(connected.getOrDefault(name, Set.of())));
        group.forEach(name -> connected.put(name, group));
    }

    /** Adds the collections that are connected with those given. */
    public void addConnected(Set<String> collections) {
        lock.lock();
        try {
            for (String name : List.copyOf(collections)) {
                collections.addAll(connected.getOrDefault(name, Set.of()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The revisions of the applied entries that one of the collections appears in, from one revision on, ascending. */
    public LongStream applied(Set<String> collections, long from) {
        lock.lock();
        try {
            BitSet found = new BitSet(count);
            collections.forEach(name -> set(new Key(Term.COLLECTION, name), found));
            BitSet applied = new BitSet(count);
            set(new Key(Term.OUTCOME, Outcome.APPLIED.wireName()), applied);
            found.and(applied);
            return found.stream().mapToLong(number -> first + number).filter(revision -> revision >= from);
        } finally {
            lock.unlock();
        }
    }

    /** The revisions whose entries have the terms of a filter and are within its bounds, in its order. */
    public LongStream matching(HistoryFilter filter) {
        lock.lock();
        try {
            long from = Math.max(first, filter.after() + 1);
            long to = Math.min(last(), filter.before() - 1);
            if (from > to) {
                return LongStream.empty();
            }
            if (filter.terms().isEmpty()) {
                return inOrder(filter, LongStream.rangeClosed(from, to), from, to);
            }
            int[] numbers = numbersWithAll(filter.terms());
            int start = insertionPoint(numbers, (int) (from - first));
            int end = insertionPoint(numbers, (int) (to - first) + 1);
            LongStream positions = inOrder(filter, LongStream.range(start, end), start, end - 1L);
            return positions.map(position -> first + numbers[(int) position]);
        } finally {
            lock.unlock();
        }
    }

    private void set(Key key, BitSet numbers) {
        Postings list = postings.get(key);
        if (list != null) {
            IntStream.of(list.toArray()).forEach(numbers::set);
        }
    }

    private static LongStream inOrder(HistoryFilter filter, LongStream ascending, long from, long to) {
        return filter.oldestFirst() ? ascending : ascending.map(number -> to - (number - from));
    }

    private static int insertionPoint(int[] numbers, int number) {
        int found = Arrays.binarySearch(numbers, number);
        return found < 0 ? -found - 1 : found;
    }

    private int[] numbersWithAll(Map<Term, String> terms) {
        List<Postings> lists = new ArrayList<>();
        for (Map.Entry<Term, String> term : terms.entrySet()) {
            Postings list = postings.get(new Key(term.getKey(), term.getValue()));
            if (list == null) {
                return new int[0];
            }
            lists.add(list);
        }
        lists.sort(Comparator.comparingInt(list -> list.size));
        int[] numbers = lists.get(0).toArray();
        for (Postings other : lists.subList(1, lists.size())) {
            numbers = intersection(numbers, other.toArray());
        }
        return numbers;
    }

    private static int[] intersection(int[] one, int[] other) {
        int[] both = new int[Math.min(one.length, other.length)];
        int size = 0;
        for (int i = 0, j = 0; i < one.length && j < other.length; ) {
            if (one[i] == other[j]) {
                both[size++] = one[i++];
                j++;
            } else if (one[i] < other[j]) {
                i++;
            } else {
                j++;
            }
        }
        return Arrays.copyOf(both, size);
    }

    /** Writes the index, to be read by {@link #readFrom}. */
    public void writeTo(DataOutput out) throws IOException {
        lock.lock();
        try {
            out.writeLong(first);
            out.writeInt(count);
            out.writeInt(postings.size());
            for (Map.Entry<Key, Postings> list : postings.entrySet()) {
                out.writeUTF(list.getKey().term().name());
                writeText(list.getKey().value(), out);
                list.getValue().writeTo(out);
            }
            Set<Set<String>> groups = new HashSet<>(connected.values());
            out.writeInt(groups.size());
            for (Set<String> group : groups) {
                out.writeInt(group.size());
                for (String name : group) {
                    writeText(name, out);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The index that was written. */
    public static EntryIndex readFrom(DataInput in) throws IOException {
        EntryIndex index = new EntryIndex(in.readLong());
        index.count = in.readInt();
        for (int i = in.readInt(); i > 0; i--) {
            Term term = Term.valueOf(in.readUTF());
            index.postings.put(new Key(term, readText(in)), Postings.readFrom(in));
        }
        for (int i = in.readInt(); i > 0; i--) {
            List<String> group = new ArrayList<>();
            for (int names = in.readInt(); names > 0; names--) {
                group.add(readText(in));
            }
            index.connect(group);
        }
        return index;
    }

    /** Texts can be longer than what {@link DataOutput#writeUTF} takes. */
    private static void writeText(String text, DataOutput out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Ascending numbers, packed. */
    private static final class Postings {

        private static final int MORE = 0x80;

        private byte[] bytes = new byte[4];
        private int length;
        private int size;
        private int last = -1;

        void add(int number) {
            if (number == last) {
                return;
            }
            int difference = number - last;
            if (bytes.length - length < Integer.BYTES + 1) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2 + Integer.BYTES);
            }
            for (; difference >= MORE; difference >>>= 7) {
                bytes[length++] = (byte) (difference | MORE);
            }
            bytes[length++] = (byte) difference;
            last = number;
            size++;
        }

        int[] toArray() {
            int[] numbers = new int[size];
            int number = -1;
            int position = 0;
            for (int i = 0; i < size; i++) {
                int difference = 0;
                int shift = 0;
                byte next;
                do {
                    next = bytes[position++];
                    difference |= (next & (MORE - 1)) << shift;
                    shift += 7;
                } while (next < 0);
                number += difference;
                numbers[i] = number;
            }
            return numbers;
        }

        void writeTo(DataOutput out) throws IOException {
            out.writeInt(size);
            out.writeInt(last);
            out.writeInt(length);
            out.write(bytes, 0, length);
        }

        static Postings readFrom(DataInput in) throws IOException {
            Postings postings = new Postings();
            postings.size = in.readInt();
            postings.last = in.readInt();
            postings.length = in.readInt();
            postings.bytes = new byte[postings.length];
            in.readFully(postings.bytes);
            return postings;
        }
    }
}
