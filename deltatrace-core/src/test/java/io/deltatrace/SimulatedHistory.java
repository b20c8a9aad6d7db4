package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltatrace.document.Document;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.query.Query;
import io.deltatrace.storage.StorageStatus;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** What a simulated database should have held at each revision. */
final class SimulatedHistory {

    private final SortedMap<Long, Moment> moments = new TreeMap<>();

    /**
     * A revision.
     *
     * @param hash of the state; null as long as nobody has seen it
     */
    private record Moment(Tables tables, String hash, Instant at) {}

    SimulatedHistory() {
        moments.put(0L, new Moment(Tables.EMPTY, null, Instant.EPOCH));
    }

    long revision() {
        return moments.lastKey();
    }

    Tables tables() {
        return at(revision());
    }

    Tables at(long revision) {
        return moments.get(revision).tables();
    }

    Instant instant(long revision) {
        return moments.get(revision).at();
    }

    /** The last revision until an instant. */
    long revisionAt(Instant instant) {
        return moments.entrySet().stream()
                .filter(moment -> !moment.getValue().at().isAfter(instant))
                .mapToLong(Map.Entry::getKey)
                .max()
                .orElseThrow();
    }

    /** The documents that were changed by revisions after one, up to another one. */
    Set<Map.Entry<String, Long>> changedBetween(long after, long until) {
        Set<Map.Entry<String, Long>> changed = new HashSet<>();
        for (long revision = after + 1; revision <= until; revision++) {
            changed.addAll(at(revision - 1).differences(at(revision)));
        }
        return changed;
    }

    /** Takes note that a request has become the next revision, which the database shows. */
    void committed(Tables tables, Instant now, Snapshot seen) {
        Instant at = now.isBefore(instant(revision())) ? instant(revision()) : now;
        assertThat(seen.revision()).as("the revision after %s", revision()).isEqualTo(revision() + 1);
        assertThat(seen.committedAt()).isEqualTo(at);
        assertThat(contents(seen)).isEqualTo(tables.rows());
        moments.put(seen.revision(), new Moment(tables, seen.hash(), at));
    }

    /** Makes sure that the database shows the last revision. */
    void assertCurrent(Snapshot seen) {
        assertThat(seen.revision()).isEqualTo(revision());
        assertThat(contents(seen)).isEqualTo(tables().rows());
    }

    /**
     * Goes on from what is left after a crash.
     *
     * @param surviving the last revision that cannot be lost
     * @param unknown what is there if the request has happened that was being carried out; null if there was none
     */
    void recovered(Snapshot seen, long surviving, Tables unknown) {
        long last = revision();
        assertThat(seen.revision()).as("what was left").isBetween(surviving, unknown == null ? last : last + 1);
        if (seen.revision() > last) {
            assertThat(contents(seen)).isEqualTo(unknown.rows());
            moments.put(seen.revision(), new Moment(unknown, seen.hash(), seen.committedAt()));
        }
        moments.tailMap(seen.revision() + 1).clear();
        assertCurrent(seen);
    }

    /** Makes sure that the database tells the same history, as far as it is retained; of each so many-th state. */
    void assertTold(DeltaTraceDatabase database, long distance) {
        StorageStatus status = database.storage().orElseThrow();
        long newest = revision();
        List<Long> revisions =
                database.history().entries(HistoryFilter.all().fromTheOldest().limit(Integer.MAX_VALUE)).stream()
                        .map(HistoryEntry::revision)
                        .toList();
        assertThat(revisions)
                .containsExactlyElementsOf(LongStream.rangeClosed(status.firstRevision(), newest)
                        .boxed()
                        .toList());
        for (long revision = newest; revision >= status.oldestState(); revision -= distance) {
            assertState(database, revision);
        }
        if (status.oldestState() > 0) {
            assertThatThrownBy(() -> database.asOf(status.oldestState() - 1))
                    .isInstanceOf(RevisionNotRetainedException.class);
        }
        assertThat(database.history().verify(VerifyOption.REPLAY).fault()).isNull();
    }

    private void assertState(DeltaTraceDatabase database, long revision) {
        Snapshot past = database.asOf(revision);
        assertThat(past.revision()).isEqualTo(revision);
        assertThat(contents(past))
                .as("revision %s", revision)
                .isEqualTo(at(revision).rows());
        if (revision > 0) {
            assertThat(past.hash()).isEqualTo(moments.get(revision).hash());
            assertThat(past.committedAt()).isEqualTo(instant(revision));
        }
    }

    static SortedMap<String, SortedMap<Long, Long>> contents(Snapshot snapshot) {
        SortedMap<String, SortedMap<Long, Long>> contents = new TreeMap<>();
        for (String collection : snapshot.collections()) {
            contents.put(
                    collection,
                    numbers(snapshot.execute(Query.getAll(collection)).documents()));
        }
        return contents;
    }

    static SortedMap<Long, Long> numbers(List<Document> documents) {
        SortedMap<Long, Long> numbers = new TreeMap<>();
        for (Document document : documents) {
            assertThat(numbers.put((Long) document.get("id"), (Long) document.get("n")))
                    .as("two documents with one number")
                    .isNull();
        }
        return numbers;
    }
}
