package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EstimatedBytesTests {

    private static final int ELEMENTS = 200;

    /** Kinds of documents, and how many of them take some tens of megabytes. */
    static List<Arguments> kinds() {
        return List.of(
                kind(
                        "rows",
                        200_000,
                        i -> "{\"id\":%d,\"name\":\"Taro %d\",\"age\":%d}".formatted(1_000 + i, i, 200 + i)),
                kind(
                        "objects in objects",
                        50_000,
                        i ->
                                "{\"id\":%d,\"address\":{\"city\":\"Nara %d\",\"geo\":{\"lat\":34.%d,\"lon\":135.%d}},\"active\":true}"
                                        .formatted(1_000 + i, i, i, i)),
                kind("text", 20_000, i -> "{\"text\":\"" + ("number " + i + " ").repeat(80) + "\"}"),
                kind("Japanese text", 20_000, i -> "{\"text\":\"" + ("奈良 " + i).repeat(80) + "\"}"),
                kind("numbers", 5_000, i -> "{\"values\":" + list(i, n -> Integer.toString(1_000 + n)) + "}"),
                kind("short texts", 5_000, i -> "{\"tags\":" + list(i, n -> "\"tag-" + n + "\"") + "}"));
    }

    private static Arguments kind(String name, int count, IntFunction<String> json) {
        return Arguments.of(name, count, json);
    }

    private static String list(int first, IntFunction<String> element) {
        return IntStream.range(first, first + ELEMENTS).mapToObj(element).collect(Collectors.joining(",", "[", "]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void estimate_isRightWithinAFactorOfThree(String name, int count, IntFunction<String> json) {
        Document[] documents = new Document[count];
        long before = usedHeap();
        for (int i = 0; i < documents.length; i++) {
            documents[i] = Document.parse(json.apply(i));
        }
        long taken = usedHeap() - before;

        long estimated =
                Arrays.stream(documents).mapToLong(Document::estimatedBytes).sum();
        assertThat(taken).as(name).isGreaterThan(10_000_000);
        assertThat(estimated).as(name).isBetween(taken / 3, taken * 3);
    }

    private static long usedHeap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
