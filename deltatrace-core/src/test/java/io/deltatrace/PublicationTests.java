package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Document;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.index.Index;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.QueryResult;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * States, documents, results and entries may be handed from thread to thread in any way, also by a data race: what the Java memory
 * model promises of final fields is enough to see them whole (JLS 17.5).
 */
class PublicationTests {

    private static final int PUBLICATIONS = Integer.getInteger("deltatrace.publications", 3_000);
    private static final int READERS = 3;
    private static final int MOST_ROWS = 200;
    private static final Cause CAUSE = Cause.of(Actor.human("alice").named("Alice", "a@example.org"), "add", "why not");

    record Row(long n, String text, Nested nested) {}

    record Nested(List<Integer> list) {}

    private static DeltaTraceDatabase database() {
        return DeltaTraceDatabase.builder()
                .historyLimit(100)
                .index("rows", Index.hash("n").unique())
                .index("rows", Index.ordered("text"))
                .build();
    }

    private static Query add(int n) {
        return Query.add("rows", Map.of("n", n, "text", "text " + n, "nested", Map.of("list", List.of(n, n, n))))
                .returnData()
                .because(CAUSE);
    }

    @Test
    void whatIsHandedOut_hasNoFieldThatCanChange() {
        try (DeltaTraceDatabase database = database()) {
            QueryResult result = database.execute(add(0));
            for (int n = 1; n < 3_000; n++) {
                result = database.execute(add(n));
            }
            result.as(Row.class);
            database.execute(Query.delete("rows").where(field("n").lessThan(100)));
            database.execute(TransactionQuery.of(add(-1), Query.removeCollection("other")));
            List<HistoryEntry> entries =
                    database.history().entries(HistoryFilter.all().limit(10));

            Set<Class<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            Set<String> changeable = changeableFields(List.of(database.snapshot(), result, entries), seen);

            // What scans and writers keep can be made again, by anybody, of what cannot change. So can what a document
            // keeps, which is in the array of its values and has nothing but final fields itself.
            // A count may be any of those that it has had.
            assertThat(changeable)
                    .containsExactly(
                            "private int io.deltatrace.document.Shape.asked",
                            "private volatile io.deltatrace.internal.engine.Column[]"
                                    + " io.deltatrace.internal.engine.RowNode.columns",
                            "private volatile tools.jackson.core.SerializableString[]"
                                    + " io.deltatrace.document.Shape.encoded");
            assertThat(seen)
                    .extracting(Class::getSimpleName)
                    .contains("StateSnapshot", "DatabaseState", "CollectionState", "Rows", "IndexState", "KeyBranch")
                    .contains(
                            "Document",
                            "Kept",
                            "Row",
                            "Shape",
                            "HistoryEntry",
                            "AddQuery",
                            "Cause",
                            "Actor",
                            "QueryResult");
        }
    }

    /** The fields that are not final of all objects of ours that can be reached, through collections and arrays too. */
    private static Set<String> changeableFields(Object root, Set<Class<?>> seenClasses) {
        Set<String> changeable = new TreeSet<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> next = new ArrayDeque<>(List.of(root));
        while (!next.isEmpty()) {
            Object object = next.pop();
            if (object instanceof Enum<?> || isMapping(object) || !seen.add(object)) {
                continue;
            }
            if (object instanceof Map<?, ?> map) {
                pushAll(next, map.keySet());
                pushAll(next, map.values());
            } else if (object instanceof Collection<?> collection) {
                pushAll(next, collection);
            } else if (object.getClass().isArray()) {
                for (int i = 0; i < Array.getLength(object); i++) {
                    push(next, Array.get(object, i));
                }
            } else if (object.getClass().getName().startsWith("io.deltatrace.")) {
                seenClasses.add(object.getClass());
                for (Field field : fields(object.getClass())) {
                    if (!Modifier.isFinal(field.getModifiers())) {
                        changeable.add(field.toString());
                    }
                    push(next, value(field, object));
                }
            }
        }
        return changeable;
    }

    /** What is kept names what has made it, which converts for all threads and is no part of what is handed out. */
    private static boolean isMapping(Object object) {
        return object.getClass().getSimpleName().equals("RecordMapping");
    }

    private static void pushAll(Deque<Object> next, Collection<?> objects) {
        objects.forEach(object -> push(next, object));
    }

    private static void push(Deque<Object> next, @Nullable Object object) {
        if (object != null) {
            next.push(object);
        }
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> declaring = type; declaring != Object.class; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static @Nullable Object value(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where one thread leaves what the others take; written and read without any order, as by a race. */
    private static final class Board {

        private static final VarHandle PLACE;

        static {
            try {
                PLACE = MethodHandles.lookup().findVarHandle(Board.class, "place", Object[].class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @SuppressWarnings("UnusedVariable")
        private Object @Nullable [] place;

        private volatile boolean over;
    }

    private record Handed(Snapshot snapshot, QueryResult result, HistoryEntry entry) {}

    @Test
    @Timeout(300)
    void whatIsHandedOverByARace_isWhole() throws Exception {
        Board board = new Board();
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        List<Future<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(threads.submit(() -> takeAll(board)));
        }
        try (DeltaTraceDatabase database = database()) {
            HistoryEntry[] last = new HistoryEntry[1];
            database.onCommit(entry -> last[0] = entry);
            for (int done = 0; done < PUBLICATIONS; done++) {
                int n = done % MOST_ROWS;
                if (n == 0) {
                    database.execute(Query.clear("rows"));
                }
                QueryResult result = database.execute(add(n));
                Board.PLACE.setOpaque(board, new Object[] {new Handed(database.snapshot(), result, last[0])});
            }
        } finally {
            board.over = true;
            threads.shutdown();
        }
        for (Future<Integer> reader : readers) {
            assertThat(reader.get()).isPositive();
        }
    }

    private static int takeAll(Board board) {
        int taken = 0;
        Object[] before = null;
        while (!board.over || taken == 0) {
            Object[] place = (Object[]) Board.PLACE.getOpaque(board);
            if (place != null && place != before && place[0] instanceof Handed handed) {
                assertWhole(handed);
                before = place;
                taken++;
            }
        }
        return taken;
    }

    private static void assertWhole(Handed handed) {
        Document added = handed.result.documents().get(0);
        long n = (Long) added.get("n");
        assertThat(handed.entry.request().toString()).isNotEmpty();
        assertThat(handed.entry.revision()).isEqualTo(handed.snapshot.revision());
        assertThat(handed.snapshot.size("rows")).isEqualTo(n + 1);
        QueryResult found =
                handed.snapshot.execute(Query.search("rows").where(field("n").equalTo(n)));
        assertThat(found.documents()).containsExactly(added);
        assertThat(added.get("text")).isEqualTo("text " + n);
        int number = (int) n;
        Row row = added.as(Row.class);
        assertThat(row).isEqualTo(new Row(n, "text " + n, new Nested(List.of(number, number, number))));
        assertThat(added.as(Row.class)).isEqualTo(row);
        assertThat(added.toString()).contains("[" + n + "," + n + "," + n + "]");
    }
}
