package io.deltatrace.spring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltatrace.DeltaTraceDatabase;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;
import org.springframework.data.repository.query.QueryCreationException;

/** Conditions in wire JSON, with parameters. */
class DeclaredQueryTests {

    record Item(@Id Long id, String name, int price, List<String> tags) {}

    interface Items extends DeltaTraceRepository<Item, Long> {

        @Query("{\"type\":\"equals_\",\"field\":\"name\",\"value\":\"?0\"}")
        List<Item> named(@Nullable Object name);

        @Query("""
                {"type":"and_","conditions":[
                  {"type":"greaterThanOrEqual_","field":"price","value":":least"},
                  {"type":"not_","condition":{"type":"contains_","field":"tags","value":":tag"}}]}""")
        Page<Item> dear(@Param("tag") String tag, int least, Pageable page);

        @Query("{\"type\":\"in_\",\"field\":\"name\",\"values\":[\":names\",\"tea\"]}")
        List<Item> oneOf(Collection<String> names, Sort sort);

        @Query(value = "{\"type\":\"startsWith_\",\"field\":\"name\",\"value\":\":part\"}", count = true)
        long countStarting(String part);

        @Query(value = "{\"type\":\"regex_\",\"field\":\"name\",\"pattern\":\":pattern\"}", exists = true)
        boolean isMatched(String pattern);

        @Query(value = "{\"type\":\"equals_\",\"field\":\"price\",\"value\":\"?0\",\"vType\":\"int_\"}", delete = true)
        int deletePriced(int price);
    }

    private final Items items =
            People.repository(Items.class, new DeltaTraceTemplate(DeltaTraceDatabase.inMemory(), null));

    @BeforeEach
    void fill() {
        items.saveAll(List.of(
                new Item(null, "tea", 3, List.of("hot")),
                new Item(null, "coffee", 5, List.of()),
                new Item(null, "?0", 7, List.of("odd"))));
    }

    @Test
    void parameters_takeTheirPlaces() {
        assertThat(items.named("tea")).extracting(Item::id).containsExactly(0L);
        assertThat(items.named("?0")).extracting(Item::id).containsExactly(2L);
        assertThat(items.named(null)).isEmpty();
        assertThat(items.dear("odd", 3, PageRequest.of(0, 1)).getTotalElements())
                .isEqualTo(2);
        assertThat(items.oneOf(List.of("coffee"), Sort.by("price").descending()))
                .extracting(Item::name)
                .containsExactly("coffee", "tea");
        assertThat(items.countStarting("t")).isEqualTo(1);
        assertThat(items.isMatched("^co+f")).isTrue();
        assertThat(items.deletePriced(5)).isEqualTo(1);
        assertThat(items.count()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\",\"type\":\"notEquals_",
                "\"}]}",
                "tea\"} or {\"type\":\"and_\",\"conditions\":[]}",
                "\\\"",
                ":name",
                "?1",
                "{\"type\":\"and_\",\"conditions\":[]}"
            })
    void parameter_isNeverMoreThanAValue(String text) {
        assertThat(items.named(text)).isEmpty();
        assertThat(items.countStarting(text)).isZero();
        assertThat(items.oneOf(List.of(text), Sort.unsorted())).hasSize(1);
        Item stored = items.save(new Item(null, text, 1, null));
        assertThat(items.named(text)).containsExactly(stored);
    }

    @Test
    void parameter_thatIsAnObject_isAValueToo() {
        assertThat(items.named(Map.of("type", "and_", "conditions", List.of()))).isEmpty();
    }

    @Test
    void pattern_thatDoesNotCompile_isABadRequest() {
        assertThatThrownBy(() -> items.isMatched("(")).isInstanceOf(InvalidDataAccessApiUsageException.class);
    }

    interface UnknownParameter extends Repository<Item, Long> {

        @Query("{\"type\":\"equals_\",\"field\":\"name\",\"value\":\":nmae\"}")
        List<Item> named(String name);
    }

    interface BadJson extends Repository<Item, Long> {

        @Query("{\"type\":\"equals_\"")
        List<Item> named(String name);
    }

    interface UnknownType extends Repository<Item, Long> {

        @Query("{\"type\":\"resembles_\",\"field\":\"name\"}")
        List<Item> named(String name);
    }

    @ParameterizedTest
    @ValueSource(classes = {UnknownParameter.class, BadJson.class, UnknownType.class})
    void whatCannotBeRead_failsAtTheStart(Class<?> type) {
        DeltaTraceTemplate template = new DeltaTraceTemplate(DeltaTraceDatabase.inMemory(), null);
        assertThatThrownBy(() -> People.repository(type, template))
                .isInstanceOf(QueryCreationException.class)
                .asString()
                .contains("named(java.lang.String)");
    }
}
