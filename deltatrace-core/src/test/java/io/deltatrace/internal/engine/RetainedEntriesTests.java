package io.deltatrace.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.Outcome;
import io.deltatrace.query.Query;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetainedEntriesTests {

    private static final long BEFORE = 700;

    private final RetainedEntries entries = new RetainedEntries(BEFORE + 1);

    private static HistoryEntry entry(long revision) {
        return new HistoryEntry(
                revision, Instant.EPOCH, null, Outcome.APPLIED, Query.count("rows"), List.of(), null, null);
    }

    private void addUpTo(long revision) {
        LongStream.rangeClosed(entries.last() + 1, revision)
                .mapToObj(RetainedEntriesTests::entry)
                .forEach(entries::add);
    }

    private List<Long> revisions(long from, long to) {
        return entries.between(from, to).map(HistoryEntry::revision).toList();
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void nothing_isThereAtFirst() {
        assertThat(entries.first()).isEqualTo(BEFORE + 1);
        assertThat(entries.last()).isEqualTo(BEFORE);
        assertThat(entries.get(BEFORE)).isNull();
        assertThat(revisions(0, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void entries_areFoundByRevision_onAllPages() {
        addUpTo(BEFORE + 2_000);

        assertThat(revisions(0, Long.MAX_VALUE)).isEqualTo(numbers(BEFORE + 1, BEFORE + 2_000));
        assertThat(revisions(BEFORE + 500, BEFORE + 1_500)).isEqualTo(numbers(BEFORE + 500, BEFORE + 1_500));
        assertThat(numbers(BEFORE + 1, BEFORE + 2_000))
                .allSatisfy(revision -> assertThat(entries.get(revision))
                        .isNotNull()
                        .extracting(HistoryEntry::revision)
                        .isEqualTo(revision));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 322, 323, 324, 325, 1_000, 1_999, 2_000})
    void dropped_areThoseUpToARevision_andNoOthers(long count) {
        addUpTo(BEFORE + 2_000);
        entries.dropUpTo(BEFORE + count);

        assertThat(entries.first()).isEqualTo(BEFORE + count + 1);
        assertThat(revisions(0, Long.MAX_VALUE)).isEqualTo(numbers(BEFORE + count + 1, BEFORE + 2_000));
        assertThat(numbers(BEFORE, BEFORE + count))
                .allSatisfy(revision -> assertThat(entries.get(revision)).isNull());

        addUpTo(BEFORE + 3_000);
        entries.dropUpTo(BEFORE);
        assertThat(revisions(0, Long.MAX_VALUE)).isEqualTo(numbers(BEFORE + count + 1, BEFORE + 3_000));
    }

    @Test
    void anotherForm_takesThePlaceOfAnEntry() {
        addUpTo(BEFORE + 3);
        HistoryEntry linked = entry(BEFORE + 2).linked(new HistoryEntry.Link("a", "b"));
        entries.replace(linked);

        assertThat(entries.get(BEFORE + 2)).isSameAs(linked);
        assertThat(entries.last()).isEqualTo(BEFORE + 3);
        assertThatNullPointerException().isThrownBy(() -> entries.replace(entry(BEFORE + 5_000)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 511, 512, 513, 1_023, 1_024, 1_025})
    void entries_areThere_fromWhateverPlaceTheyBegin(long first) {
        RetainedEntries others = new RetainedEntries(first);
        LongStream.range(first, first + 1_200)
                .mapToObj(RetainedEntriesTests::entry)
                .forEach(others::add);

        assertThat(others.between(0, Long.MAX_VALUE))
                .extracting(HistoryEntry::revision)
                .isEqualTo(numbers(first, first + 1_199));
    }

    @ParameterizedTest
    @ValueSource(longs = {766, 767, 768, 769, 1_023, 1_024, 1_025})
    void entriesThatComeAfterAllWereDropped_areThere(long dropped) {
        addUpTo(dropped);
        entries.dropUpTo(dropped);
        assertThat(revisions(0, Long.MAX_VALUE)).isEmpty();

        addUpTo(dropped + 600);
        assertThat(revisions(0, Long.MAX_VALUE)).isEqualTo(numbers(dropped + 1, dropped + 600));
    }

    @Test
    void whoeverSeesTheLastRevision_seesItsEntry() throws Exception {
        long end = BEFORE + 300_000;
        Thread adding = new Thread(() -> addUpTo(end));
        adding.start();
        long missing = 0;
        for (long last = 0; last < end; last = entries.last()) {
            if (last > BEFORE && entries.get(last) == null) {
                missing++;
            }
        }
        adding.join();

        assertThat(missing).isZero();
    }
}
