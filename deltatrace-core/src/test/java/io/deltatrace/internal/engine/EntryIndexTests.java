package io.deltatrace.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deltatrace.RandomRequests;
import io.deltatrace.access.QueryType;
import io.deltatrace.cause.ActorType;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.query.Request;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EntryIndexTests {

    private static final long FIRST = 1_000;

    /** Some terms are said by nearly every entry and some hundreds of entries apart. */
    @Property(tries = 40)
    void index_findsWhatGoingThroughAllFinds(@ForAll long seed) throws IOException {
        RandomRequests requests = new RandomRequests(seed);
        Random random = new Random(seed);
        List<Request> few = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            few.add(requests.request());
        }
        EntryIndex index = new EntryIndex(FIRST);
        List<HistoryEntry> entries = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Request request = few.get(random.nextInt(100) == 0 ? random.nextInt(30) : random.nextInt(2));
            Outcome outcome = random.nextInt(500) == 0 ? Outcome.DENIED : Outcome.APPLIED;
            HistoryEntry entry =
                    new HistoryEntry(FIRST + i, Instant.EPOCH, null, outcome, request, List.of(), null, null);
            index.add(entry);
            entries.add(entry);
        }
        EntryIndex stored = storedAndReadAgain(index);
        for (int i = 0; i < 60; i++) {
            HistoryFilter filter = filter(random);
            long[] expected = entries.stream()
                    .filter(filter::accepts)
                    .mapToLong(HistoryEntry::revision)
                    .map(revision -> filter.oldestFirst() ? revision : -revision)
                    .sorted()
                    .map(Math::abs)
                    .toArray();
            assertThat(index.matching(filter).toArray()).as("%s", filter).isEqualTo(expected);
            assertThat(stored.matching(filter).toArray()).as("%s", filter).isEqualTo(expected);
        }
    }

    private static EntryIndex storedAndReadAgain(EntryIndex index) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        index.writeTo(new DataOutputStream(bytes));
        return EntryIndex.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    private static <T> T pick(Random random, T[] values) {
        return Arrays.asList(values).get(random.nextInt(values.length));
    }

    private static HistoryFilter filter(Random random) {
        HistoryFilter filter = random.nextBoolean() ? HistoryFilter.all() : HistoryFilter.collection("users");
        if (random.nextInt(3) == 0) {
            filter = filter.actor("taro");
        }
        if (random.nextInt(3) == 0) {
            filter = filter.actorType(pick(random, ActorType.values()));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.queryType(pick(random, QueryType.values()));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.outcome(random.nextBoolean() ? Outcome.DENIED : Outcome.APPLIED);
        }
        if (random.nextBoolean()) {
            filter = filter.after(FIRST - 100 + random.nextInt(2_200));
        }
        if (random.nextBoolean()) {
            filter = filter.before(FIRST - 100 + random.nextInt(2_200));
        }
        return random.nextBoolean() ? filter.fromTheOldest() : filter;
    }

    @Test
    void entryThatIsNotTheNext_isRejected() {
        HistoryEntry entry = new HistoryEntry(
                5, Instant.EPOCH, null, Outcome.APPLIED, new RandomRequests(1).request(), List.of(), null, null);

        assertThatIllegalArgumentException().isThrownBy(() -> new EntryIndex(4).add(entry));
        assertThat(new EntryIndex(4).last()).isEqualTo(3);
    }
}
