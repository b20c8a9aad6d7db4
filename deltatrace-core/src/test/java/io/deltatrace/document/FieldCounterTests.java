package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldCounterTests {

    private final FieldCounter counter = new FieldCounter();

    private FieldCounts countsOf(String... documents) {
        for (String document : documents) {
            counter.count(Document.parse(document));
        }
        return counter.counts();
    }

    @Test
    void fields_areCountedByTheirPaths_inTheOrderInWhichTheyWereMet() {
        FieldCounts counts = countsOf("""
                {"id":1,"address":{"city":"Nara","geo":{"lat":1}}}""", """
                {"name":null,"id":2}""", """
                {"id":3,"address":{"zip":"1","city":"Kobe"}}""", """
                {"id":4,"address":"unknown"}""");

        assertThat(counts.documents())
                .containsExactly(
                        entry("id", 4L),
                        entry("address", 3L),
                        entry("address.city", 2L),
                        entry("address.geo", 1L),
                        entry("address.geo.lat", 1L),
                        entry("address.zip", 1L),
                        entry("name", 1L));
        assertThat(counts.complete()).isTrue();
    }

    @Test
    void objectsOfOneNameInDifferentPlaces_areCountedApart() {
        assertThat(countsOf("""
                {"home":{"city":1},"work":{"city":1,"floor":2}}""", """
                {"work":{"city":1,"floor":2}}""").documents())
                .containsEntry("home.city", 1L)
                .containsEntry("work.city", 2L)
                .containsEntry("work.floor", 2L)
                .doesNotContainKey("home.floor");
    }

    @Test
    void arrays_areNotLookedInto() {
        assertThat(countsOf("""
                {"lines":[{"item":"tea"},{"item":"cake"}]}""").documents()).containsExactly(entry("lines", 1L));
    }

    @Test
    void namesBeyondTheMost_arePassedOver_andTheOthersAreStillCounted() {
        for (int i = 0; i < FieldCounter.MAX_FIELDS + 10; i++) {
            counter.count(Document.of(Map.of("id", i, "scores", Map.of("player" + i, i))));
        }

        FieldCounts counts = counter.counts();
        assertThat(counts.complete()).isFalse();
        assertThat(counts.documents())
                .hasSize(FieldCounter.MAX_FIELDS)
                .containsEntry("id", FieldCounter.MAX_FIELDS + 10L)
                .containsEntry("scores", FieldCounter.MAX_FIELDS + 10L)
                .containsEntry("scores.player1", 1L)
                .doesNotContainKey("scores.player" + FieldCounter.MAX_FIELDS);
    }

    /** What a thread has allocated is counted by the JVM, so this needs no clock and no luck. */
    @Test
    void documents_costNoMemory_alsoIfTheirShapesAlternate() {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            documents.add(Document.parse(
                    i % 2 == 0
                            ? "{\"id\":%d,\"address\":{\"city\":\"Nara\"}}".formatted(i)
                            : "{\"address\":{\"zip\":1,\"city\":\"Kobe\"},\"name\":\"n\",\"id\":%d}".formatted(i)));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        documents.forEach(counter::count);

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int round = 0; round < 1_000; round++) {
            for (int i = 0; i < documents.size(); i++) {
                counter.count(documents.get(i));
            }
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(counter.counts().documents()).containsEntry("address.city", 1_001_000L);
        assertThat(allocated).isLessThan(100_000);
    }
}
