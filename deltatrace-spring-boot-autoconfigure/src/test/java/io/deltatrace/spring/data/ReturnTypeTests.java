package io.deltatrace.spring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.deltatrace.DeltaTraceDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;

/** What Spring Data lets methods return. */
class ReturnTypeTests {

    record Place(String town, int zip) {}

    record Worker(@Id long id, @JsonProperty("called") String name, Integer level, boolean remote, Place place) {}

    interface Named {

        String getName();
    }

    interface Described {

        @Value("#{target.name + ' in ' + target.place.town}")
        String getText();

        InPlace getPlace();

        interface InPlace {

            int getZip();
        }
    }

    record NameAndLevel(String name, Integer level) {}

    interface Workers extends DeltaTraceRepository<Worker, Long> {

        Page<Worker> findByRemote(boolean remote, Pageable page);

        Slice<Worker> findSliceByRemote(boolean remote, Pageable page);

        List<Worker> findListByRemote(boolean remote, Pageable page);

        Page<Worker> findTop5ByRemote(boolean remote, Pageable page);

        Stream<Worker> streamByRemote(boolean remote);

        Window<Worker> findTop3ByRemote(boolean remote, ScrollPosition position, Sort sort);

        Window<Worker> findBy(ScrollPosition position, Sort sort, Limit limit);

        Window<Named> findTop2ByOrderByName(ScrollPosition position);

        Optional<Worker> findByName(String name);

        Worker findByLevel(Integer level);

        CompletableFuture<List<Worker>> findFutureByRemote(boolean remote);

        List<Named> findNamedByRemote(boolean remote);

        List<Described> findDescribedByRemote(boolean remote);

        List<NameAndLevel> findRecordsByRemote(boolean remote);

        <P> List<P> findDynamicByRemote(boolean remote, Class<P> type);

        Page<NameAndLevel> findRecordPageByRemote(boolean remote, Pageable page);
    }

    private Workers workers;
    private List<Worker> all;

    @BeforeEach
    void fill() {
        workers = People.repository(Workers.class, new DeltaTraceTemplate(DeltaTraceDatabase.inMemory(), null));
        all = workers.saveAll(IntStream.range(0, 10)
                .mapToObj(i -> new Worker(
                        -1, "w" + i, i % 4 == 3 ? null : i % 4, i % 2 == 0, i == 9 ? null : new Place("t" + i % 3, i)))
                .toList());
    }

    private List<Worker> remote() {
        return all.stream().filter(Worker::remote).toList();
    }

    @Test
    void page_knowsHowManyThereAre() {
        Page<Worker> page = workers.findByRemote(true, PageRequest.of(1, 2));
        assertThat(page).containsExactlyElementsOf(remote().subList(2, 4));
        assertThat(page.getTotalElements()).isEqualTo(5);
        assertThat(page.getTotalPages()).isEqualTo(3);
        assertThat(page.hasNext()).isTrue();
        assertThat(workers.findByRemote(true, PageRequest.of(2, 2)).hasNext()).isFalse();
        assertThat(workers.findByRemote(true, Pageable.unpaged())).containsExactlyElementsOf(remote());
    }

    @Test
    void pageBeyondTheEnd_isEmptyAndKnowsHowManyThereAre() {
        Page<Worker> page = workers.findByRemote(true, PageRequest.of(9, 2));
        assertThat(page.getContent()).isEmpty();
        assertThat(page.getTotalElements()).isEqualTo(5);
        assertThat(workers.findAll(PageRequest.of(Integer.MAX_VALUE - 1, 100))).isEmpty();
        assertThat(workers.findListByRemote(true, PageRequest.of(9, 2))).isEmpty();
    }

    @Test
    void pageOfTheFirstFew_endsWithThem() {
        workers.saveAll(List.of(new Worker(-1, "x", 1, true, null), new Worker(-1, "y", 1, true, null)));
        Page<Worker> last = workers.findTop5ByRemote(true, PageRequest.of(1, 3));
        assertThat(last).extracting(Worker::name).containsExactly("w6", "w8");
        assertThat(last.getTotalElements()).isEqualTo(5);
        assertThat(workers.findTop5ByRemote(true, PageRequest.of(2, 3))).isEmpty();
    }

    @Test
    void slice_knowsIfThereIsMore() {
        Slice<Worker> slice = workers.findSliceByRemote(true, PageRequest.of(0, 4));
        assertThat(slice).containsExactlyElementsOf(remote().subList(0, 4));
        assertThat(slice.hasNext()).isTrue();
        assertThat(workers.findSliceByRemote(true, slice.nextPageable()).hasNext())
                .isFalse();
        assertThat(workers.findSliceByRemote(true, PageRequest.of(0, 5)).hasNext())
                .isFalse();
    }

    @Test
    void page_isSortedByNestedProperties() {
        assertThat(workers.findAll(PageRequest.of(
                        0, 3, Sort.by("place.town").and(Sort.by("place.zip").descending()))))
                .extracting(Worker::name)
                .containsExactly("w6", "w3", "w0");
        assertThat(workers.findAll(Sort.by("place.zip").descending())).first().isEqualTo(all.get(9));
        assertThatThrownBy(() -> workers.findAll(Sort.by(Sort.Order.by("level").nullsFirst())))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("null comes last");
    }

    @Test
    void stream_canBeClosed() {
        AtomicBoolean closed = new AtomicBoolean();
        try (Stream<Worker> stream = workers.streamByRemote(true).onClose(() -> closed.set(true))) {
            assertThat(stream).containsExactlyElementsOf(remote());
        }
        assertThat(closed).isTrue();
    }

    @Test
    void window_scrollsByOffsetToTheEnd() {
        List<Worker> seen = new ArrayList<>();
        Window<Worker> window = workers.findTop3ByRemote(
                true, ScrollPosition.offset(), Sort.by("name").descending());
        seen.addAll(window.getContent());
        assertThat(window.hasNext()).isTrue();
        window = workers.findTop3ByRemote(
                true, window.positionAt(window.size() - 1), Sort.by("name").descending());
        seen.addAll(window.getContent());
        assertThat(window.hasNext()).isFalse();
        assertThat(seen)
                .isEqualTo(remote().stream()
                        .sorted(Comparator.comparing(Worker::name).reversed())
                        .toList());
    }

    /** Nulls, booleans and equal values are where a scroll by keys goes wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {"level", "-level", "remote", "-remote", "place.town", "-place.town", "id", "-id", "name", ""})
    void window_scrollsByKeysBothWaysToTheEnd(String order) {
        Sort sort = order.isEmpty()
                ? Sort.unsorted()
                : order.startsWith("-") ? Sort.by(order.substring(1)).descending() : Sort.by(order);
        List<Worker> expected = workers.findAll(sort.and(Sort.by("id")));
        for (int size = 1; size <= 4; size++) {
            List<Worker> forwards = new ArrayList<>();
            Window<Worker> window = workers.findBy(ScrollPosition.keyset(), sort, Limit.of(size));
            forwards.addAll(window.getContent());
            while (window.hasNext()) {
                window = workers.findBy(window.positionAt(window.size() - 1), sort, Limit.of(size));
                forwards.addAll(window.getContent());
            }
            assertThat(forwards).isEqualTo(expected);

            List<Worker> backwards = new ArrayList<>();
            KeysetScrollPosition last = (KeysetScrollPosition) window.positionAt(window.size() - 1);
            Window<Worker> before = workers.findBy(last.backward(), sort, Limit.of(size));
            while (true) {
                List<Worker> content = new ArrayList<>(before.getContent());
                Collections.reverse(content);
                backwards.addAll(content);
                if (!before.hasNext()) {
                    break;
                }
                before = workers.findBy(before.positionAt(0), sort, Limit.of(size));
            }
            Collections.reverse(backwards);
            assertThat(backwards).isEqualTo(expected.subList(0, expected.size() - 1));
        }
    }

    @Test
    void window_ofProjections_keepsItsPositions() {
        Window<Named> window = workers.findTop2ByOrderByName(ScrollPosition.keyset());
        Window<Named> next = workers.findTop2ByOrderByName(window.positionAt(1));
        assertThat(next).extracting(Named::getName).containsExactly("w2", "w3");
    }

    @Test
    void position_withoutAValue_isRefused() {
        assertThatThrownBy(() -> workers.findBy(
                        ScrollPosition.forward(java.util.Map.of("id", 3)), Sort.by("level"), Limit.of(2)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("'level'");
    }

    @Test
    void oneOfMany_isAnError() {
        assertThat(workers.findByName("w3")).contains(all.get(3));
        assertThat(workers.findByName("nobody")).isEmpty();
        assertThatThrownBy(() -> workers.findByLevel(1)).isInstanceOf(IncorrectResultSizeDataAccessException.class);
    }

    @Test
    void future_hasTheResult() {
        assertThat(workers.findFutureByRemote(true)).isCompletedWithValue(remote());
    }

    @Test
    void projections_areInterfacesAndRecords() {
        assertThat(workers.findNamedByRemote(true)).extracting(Named::getName).contains("w0", "w8");
        assertThat(workers.findDescribedByRemote(true))
                .extracting(Described::getText)
                .contains("w4 in t1");
        assertThat(workers.findDescribedByRemote(true).get(1).getPlace().getZip())
                .isEqualTo(2);
        assertThat(workers.findRecordsByRemote(true)).contains(new NameAndLevel("w2", 2));
        assertThat(workers.findDynamicByRemote(true, NameAndLevel.class)).contains(new NameAndLevel("w2", 2));
        assertThat(workers.findDynamicByRemote(true, Worker.class)).isEqualTo(remote());
        assertThat(workers.findDynamicByRemote(true, Named.class))
                .extracting(Named::getName)
                .contains("w2");
        assertThat(workers.findRecordPageByRemote(true, PageRequest.of(1, 1)).getContent())
                .containsExactly(new NameAndLevel("w2", 2));
    }
}
