package io.deltatrace.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.RandomLookUps;
import io.deltatrace.document.Document;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.document.Values;
import io.deltatrace.index.Index;
import io.deltatrace.index.IndexStatus;
import io.deltatrace.index.Plan;
import io.deltatrace.json.Json;
import io.deltatrace.query.ReadQuery;
import io.deltatrace.query.Request;
import io.deltatrace.query.TransactionQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** A state with indexes must answer whatever is asked, and become whatever it is to become, as one without does. */
class IndexedStateTests {

    private static final int WRITES = 60;
    private static final int READS = 15;
    private static final List<String> COLLECTIONS = List.of("users", "orders", "empty", "merged");

    private static final Json JSON = new Json(JsonLimits.DEFAULT);
    private static final Set<Plan.Order> SEEN = EnumSet.noneOf(Plan.Order.class);
    private static long planned;

    @Property(tries = 300)
    void stateWithIndexes_answersAsOneWithout(@ForAll long seed) {
        RandomLookUps random = new RandomLookUps(seed);
        DatabaseState plain = DatabaseState.EMPTY;
        DatabaseState indexed = DatabaseState.EMPTY.indexedBy(DeclaredIndexes.of(random.indexes(false)));
        List<DatabaseState> plainStates = new ArrayList<>();
        List<DatabaseState> indexedStates = new ArrayList<>();
        for (int i = 1; i <= WRITES; i++) {
            Entry entry = new Entry(i, Instant.ofEpochSecond(i), random.write());
            Applied expected = Engine.apply(plain, entry);
            Applied actual = Engine.apply(indexed, entry);
            assertThat(actual.effects()).isEqualTo(expected.effects());
            assertThat(JSON.toJson(actual.result())).isEqualTo(JSON.toJson(expected.result()));
            plain = expected.state();
            indexed = actual.state();
            assertThat(indexed.hash()).isEqualTo(plain.hash());
            plainStates.add(plain);
            indexedStates.add(indexed);
        }
        for (int i = WRITES - 1; i > 0; i = i * 2 / 3) {
            assertIndexesAreOfTheirRows(indexedStates.get(i));
            for (int n = 0; n < READS; n++) {
                assertSameAnswer(indexedStates.get(i), plainStates.get(i), random.read());
            }
        }
    }

    private static void assertSameAnswer(DatabaseState indexed, DatabaseState plain, ReadQuery query) {
        Plan plan = Engine.explain(indexed, query);
        assertThat(JSON.toJson(Engine.read(indexed, query)))
                .as("%s by %s", query, plan)
                .isEqualTo(JSON.toJson(Engine.read(plain, query)));
        if (plan.access() == Plan.Access.INDEX) {
            planned++;
            SEEN.add(plan.order());
        }
    }

    /** Random queries that no index could answer would prove nothing. */
    @AfterContainer
    static void plansOfAllKindsWereSeen() {
        assertThat(planned).isGreaterThan(5_000);
        assertThat(SEEN).containsExactlyInAnyOrder(Plan.Order.values());
    }

    /** However a state came about, its indexes are those that would be made for it anew. */
    private static void assertIndexesAreOfTheirRows(DatabaseState state) {
        for (String name : COLLECTIONS) {
            CollectionState collection = state.collection(name);
            for (IndexState index : collection.indexes().all()) {
                IndexState anew = CollectionIndexes.of(List.of(index.declared()))
                        .following(Rows.EMPTY, collection.rows())
                        .all()
                        .get(0);
                assertThat(index.all().rows()).isEqualTo(anew.all().rows());
                assertThat(index.status().keys()).isEqualTo(naiveKeys(collection, index.declared()));
                assertThat(index.duplicates()).isEqualTo(anew.duplicates());
            }
        }
    }

    private static long naiveKeys(CollectionState collection, Index index) {
        List<Object> keys = new ArrayList<>();
        for (Document document : collection.rows().toList()) {
            Object key = index.field().read(document);
            if (key != null && keys.stream().noneMatch(known -> Values.equal(known, key))) {
                keys.add(key);
            }
        }
        return keys.size();
    }

    /** What a unique index refuses is just what would have led to a duplicate. */
    @Property(tries = 300)
    void uniqueIndexes_refuseDuplicatesAndNothingElse(@ForAll long seed) {
        RandomLookUps random = new RandomLookUps(seed);
        DeclaredIndexes declared = DeclaredIndexes.of(random.indexes(true));
        DatabaseState plain = DatabaseState.EMPTY;
        DatabaseState indexed = plain.indexedBy(declared);
        for (int i = 1; i <= WRITES; i++) {
            Request request = random.write();
            Entry entry = new Entry(i, Instant.ofEpochSecond(i), request);
            Applied free = Engine.apply(plain, entry);
            Applied actual = Engine.apply(indexed, entry);
            String message = String.valueOf(actual.result().errorMessage());
            if (message.contains("The unique index on ")) {
                assertThat(actual.state().hash()).isEqualTo(indexed.hash());
                assertThat(duplicates(free.state().indexedBy(declared)) > 0 || request instanceof TransactionQuery)
                        .isTrue();
                plain = plain.at(entry.revision(), entry.committedAt());
            } else {
                assertThat(JSON.toJson(actual.result())).isEqualTo(JSON.toJson(free.result()));
                plain = free.state();
            }
            indexed = actual.state();
            assertThat(indexed.hash()).isEqualTo(plain.hash());
            assertThat(duplicates(indexed)).isZero();
            assertIndexesAreOfTheirRows(indexed);
        }
    }

    /** Of all unique indexes, counted the slow way. */
    private static long duplicates(DatabaseState state) {
        long duplicates = 0;
        for (String name : COLLECTIONS) {
            for (IndexStatus status : state.indexes(name)) {
                long present = state.collection(name).rows().toList().stream()
                        .filter(document -> status.index().field().read(document) != null)
                        .count();
                duplicates +=
                        status.index().isUnique() ? present - naiveKeys(state.collection(name), status.index()) : 0;
            }
        }
        return duplicates;
    }
}
