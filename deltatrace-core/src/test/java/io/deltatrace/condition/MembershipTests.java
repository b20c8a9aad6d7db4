package io.deltatrace.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembershipTests {

    private static final FieldPath FIELD = FieldPath.of("f");

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 100})
    void listedValues_areFoundByJsonEquality(int fillers) {
        Predicate<Document> listed = new Membership(FIELD, listOf(fillers), false).compile();

        assertThat(listed)
                .accepts(
                        document("1"),
                        document("1.0"),
                        document("\"x\""),
                        document("{\"b\": 2.0, \"a\": 1}"),
                        document("[1.0, null]"))
                .rejects(
                        document("2"),
                        document("true"),
                        document("\"1\""),
                        document("\"X\""),
                        document("{\"a\": 1}"),
                        document("[1]"),
                        document("null"),
                        Document.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 100})
    void negatedMembership_isTheOpposite(int fillers) {
        Predicate<Document> notListed = new Membership(FIELD, listOf(fillers), true).compile();

        assertThat(notListed)
                .accepts(document("2"), document("true"), document("null"), Document.empty())
                .rejects(document("1"), document("1.0"), document("\"x\""));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 100})
    void listedNull_isFoundInNullAndMissingFields(int fillers) {
        List<Object> values = listOf(fillers);
        values.add(null);

        assertThat(new Membership(FIELD, values, false).compile())
                .accepts(document("null"), Document.empty(), document("1"))
                .rejects(document("0"), document("\"null\""));
        assertThat(new Membership(FIELD, values, true).compile())
                .accepts(document("0"), document("\"null\""))
                .rejects(document("null"), Document.empty(), document("1"));
    }

    @Test
    void emptyList_hasNoMembers() {
        assertThat(new Membership(FIELD, List.of(), false).compile())
                .rejects(document("1"), document("null"), Document.empty());
        assertThat(new Membership(FIELD, List.of(), true).compile())
                .accepts(document("1"), document("null"), Document.empty());
    }

    @Test
    void valuesOfEqualHash_areToldApart() {
        List<Object> values = new ArrayList<>(List.of("Aa"));
        IntStream.range(0, 20).forEach(i -> values.add("filler" + i));

        assertThat(new Membership(FIELD, values, false).compile())
                .accepts(document("\"Aa\""))
                .rejects(document("\"BB\""));
    }

    @Test
    void values_areCopied() {
        List<Object> values = new ArrayList<>(Arrays.asList(1L, null));
        Membership membership = new Membership(FIELD, values, false);

        values.add(2L);

        assertThat(membership.values()).containsExactly(1L, null);
        assertThat(membership.values()).isUnmodifiable();
    }

    private static List<Object> listOf(int fillers) {
        Document values = Document.parse("{\"v\": [1, \"x\", {\"a\": 1, \"b\": 2}, [1, null]]}");
        List<Object> list = new ArrayList<>((List<?>) values.get("v"));
        IntStream.range(0, fillers).forEach(i -> list.add("filler" + i));
        return list;
    }

    private static Document document(String value) {
        return Document.parse("{\"f\": " + value + "}");
    }
}
