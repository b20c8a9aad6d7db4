package io.deltatrace.autoconfigure.actuate;

import io.deltatrace.access.QueryType;
import io.deltatrace.document.Values;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * Reads the parameters of requests for the history. They arrive as texts: of a parameter that Boot is to convert and cannot, it
 * says only that this failed, and not what would be right.
 */
final class HistoryParameters {

    /** The most entries that one answer has. */
    static final int MAX_LIMIT = 1_000;

    private HistoryParameters() {}

    static HistoryFilter filter(
            @Nullable String collection,
            @Nullable String actor,
            @Nullable String type,
            @Nullable String outcome,
            @Nullable String from,
            @Nullable String to,
            @Nullable String before,
            @Nullable String limit) {
        HistoryFilter filter =
                page(collection == null ? HistoryFilter.all() : HistoryFilter.collection(collection), before, limit);
        filter = actor == null ? filter : filter.actor(actor);
        filter = type == null ? filter : filter.queryType(named("type", type, QueryType.values(), QueryType::wireName));
        filter = outcome == null
                ? filter
                : filter.outcome(named("outcome", outcome, Outcome.values(), Outcome::wireName));
        filter = from == null ? filter : filter.from(instant("from", from));
        return to == null ? filter : filter.until(instant("to", to));
    }

    /** Of what is wanted, the entries before a revision, as many as a page has. */
    static HistoryFilter page(HistoryFilter wanted, @Nullable String before, @Nullable String limit) {
        HistoryFilter filter = before == null ? wanted : wanted.before(number("before", before));
        if (limit == null) {
            return filter;
        }
        long count = number("limit", limit);
        if (count < 1 || count > MAX_LIMIT) {
            throw wrong("limit must be from 1 to " + MAX_LIMIT + ", not " + count);
        }
        return filter.limit((int) count);
    }

    static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw wrong(name + " must be a whole number, not '" + Values.shown(text) + "'");
        }
    }

    private static Instant instant(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong(name + " must be an instant such as 2026-01-31T12:00:00Z, not '" + Values.shown(text) + "'");
        }
    }

    private static <T> T named(String name, String text, T[] values, Function<T, String> nameOf) {
        return Arrays.stream(values)
                .filter(value -> nameOf.apply(value).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> wrong(name + " must be one of "
                        + Arrays.stream(values).map(nameOf).collect(Collectors.joining(", ")) + ", not '"
                        + Values.shown(text) + "'"));
    }

    static InvalidEndpointRequestException wrong(String message) {
        return new InvalidEndpointRequestException(message, message);
    }
}
