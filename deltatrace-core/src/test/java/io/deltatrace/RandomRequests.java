package io.deltatrace;

import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.ActorType;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.TemporalTrace;
import io.deltatrace.cause.TimestampNode;
import io.deltatrace.condition.And;
import io.deltatrace.condition.Comparison;
import io.deltatrace.condition.Condition;
import io.deltatrace.condition.Membership;
import io.deltatrace.condition.Or;
import io.deltatrace.condition.Regex;
import io.deltatrace.condition.TextMatch;
import io.deltatrace.condition.ValueType;
import io.deltatrace.document.Document;
import io.deltatrace.document.DocumentBuilder;
import io.deltatrace.document.FieldPath;
import io.deltatrace.query.AddQuery;
import io.deltatrace.query.ClearQuery;
import io.deltatrace.query.ConformQuery;
import io.deltatrace.query.CountQuery;
import io.deltatrace.query.DeleteQuery;
import io.deltatrace.query.Merge;
import io.deltatrace.query.MergeQuery;
import io.deltatrace.query.Paging;
import io.deltatrace.query.Query;
import io.deltatrace.query.RemoveCollectionQuery;
import io.deltatrace.query.RenameFieldQuery;
import io.deltatrace.query.Request;
import io.deltatrace.query.RestoreRequest;
import io.deltatrace.query.RevertRequest;
import io.deltatrace.query.SearchOneQuery;
import io.deltatrace.query.SearchQuery;
import io.deltatrace.query.Sort;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.query.UpdateQuery;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Requests of every type, over few collections and few fields, so that they meet each other. Equal seeds give equal requests. */
public final class RandomRequests {

    private static final List<String> COLLECTIONS = List.of("users", "orders", "empty", "merged");
    private static final List<String> FIELDS = List.of("id", "name", "age", "address", "tags", "at");
    private static final List<String> PATHS =
            List.of("id", "name", "age", "address", "address.city", "address.geo.n", "tags", "at", "missing");
    private static final List<String> TEXTS =
            List.of("Taro", "taro", "5", "5.0", "", "田中", "😀", "true", "2024-01-01T00:00:00Z", "a\"b\\c\n");

    private final Random random;

    public RandomRequests(long seed) {
        this.random = new Random(seed);
    }

    public Request request() {
        return switch (random.nextInt(12)) {
            case 0 -> new TransactionQuery(list(4, this::query));
            case 1 -> random.nextBoolean() ? restore() : revert();
            default -> query();
        };
    }

    public Query query() {
        String target = pick(COLLECTIONS);
        boolean returning = random.nextBoolean();
        boolean must = random.nextInt(4) > 0;
        Cause cause = maybe(this::cause);
        return switch (pick(QueryType.values())) {
            case ADD ->
                new AddQuery(target, list(4, this::document), false, serialKey(), false, returning, must, cause);
            case CLEAR_ADD ->
                new AddQuery(
                        target,
                        list(4, this::document),
                        true,
                        serialKey(),
                        random.nextBoolean(),
                        returning,
                        must,
                        cause);
            case UPDATE, UPDATE_ONE ->
                new UpdateQuery(
                        target,
                        condition(),
                        document(),
                        random.nextBoolean(),
                        maybe(this::sort),
                        returning,
                        must,
                        cause);
            case DELETE, DELETE_ONE ->
                new DeleteQuery(target, condition(), random.nextBoolean(), maybe(this::sort), returning, must, cause);
            case SEARCH -> new SearchQuery(target, condition(), maybe(this::sort), paging(), cause);
            case GET_ALL -> new SearchQuery(target, null, maybe(this::sort), paging(), cause);
            case SEARCH_ONE -> new SearchOneQuery(target, condition(), cause);
            case COUNT -> new CountQuery(target, cause);
            case CONFORM_TO_TEMPLATE -> new ConformQuery(target, document(), must, cause);
            case RENAME_FIELD -> new RenameFieldQuery(target, pick(FIELDS), pick(FIELDS), returning, must, cause);
            case CLEAR -> new ClearQuery(target, random.nextBoolean(), must, cause);
            case REMOVE_COLLECTION -> new RemoveCollectionQuery(target, must, cause);
            case MERGE -> new MergeQuery(target, merge(target), must, cause);
        };
    }

    private String serialKey() {
        return maybe(() -> "id");
    }

    private RestoreRequest restore() {
        return new RestoreRequest(
                Map.of(pick(COLLECTIONS), new RestoreRequest.Contents(list(5, this::document), random.nextInt(9))),
                random.nextBoolean(),
                maybe(this::cause));
    }

    private RevertRequest revert() {
        SortedMap<Long, Document> rows = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            rows.put((long) random.nextInt(70), maybe(this::document));
        }
        RevertRequest.Patch patch = new RevertRequest.Patch(
                pick(COLLECTIONS),
                random.nextInt(5),
                pick(RevertRequest.Patch.Kind.values()),
                random.nextInt(5),
                70,
                rows);
        return new RevertRequest(random.nextInt(5), List.of(patch), maybe(this::cause));
    }

    private Merge merge(String base) {
        Document template = Document.of(Map.of(
                "id",
                "base.id",
                "city",
                "base.address.city",
                "other",
                "[0]",
                "n",
                "int(7)",
                "deep",
                List.of("str(x)", 1)));
        return new Merge(
                base,
                List.of(pick(COLLECTIONS)),
                FieldPath.of("id"),
                List.of(FieldPath.of("age")),
                template,
                pick(COLLECTIONS),
                maybe(() -> pick(COLLECTIONS)),
                maybe(() -> "id"));
    }

    private Paging paging() {
        return new Paging(
                maybe(() -> random.nextInt(4)),
                maybe(this::document),
                maybe(this::document),
                maybe(() -> random.nextInt(4)));
    }

    private Sort sort() {
        return new Sort(list(
                3, () -> new Sort.Order(FieldPath.of(pick(PATHS)), random.nextBoolean(), pick(ValueType.values()))));
    }

    public Condition condition() {
        return condition(3);
    }

    private Condition condition(int depth) {
        FieldPath field = FieldPath.of(pick(PATHS));
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0, 1 -> new Comparison(pick(Comparison.Operator.values()), field, value(1), pick(ValueType.values()));
            case 2 -> new TextMatch(pick(TextMatch.Operator.values()), field, pick(TEXTS));
            case 3 -> new Membership(field, list(12, () -> value(1)), random.nextBoolean());
            case 4 -> new Regex(field, pick(List.of("a.o", "^[A-Z]", "[0-9]+$", "(?i)TARO")));
            case 5 -> new And(list(3, () -> condition(depth - 1)));
            case 6 -> new Or(list(3, () -> condition(depth - 1)));
            default -> condition(depth - 1).not();
        };
    }

    public Document document() {
        DocumentBuilder builder = Document.builder();
        for (String field : FIELDS) {
            if (random.nextInt(5) > 0) {
                builder.put(field, field.equals("address") ? address() : value(2));
            }
        }
        return builder.build();
    }

    private Document address() {
        return Document.of(Map.of("city", pick(TEXTS), "geo", Map.of("n", random.nextInt(3))));
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth == 0 ? 7 : 9)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> (long) random.nextInt(6);
            case 3 -> random.nextInt(8) / 2.0;
            case 4 -> new BigInteger("12345678901234567890").add(BigInteger.valueOf(random.nextInt(2)));
            case 5 -> new BigDecimal("0.1234567890123456789").setScale(19);
            case 6 -> pick(TEXTS);
            case 7 -> list(3, () -> value(depth - 1));
            default -> Document.of(Map.of("inner", pick(TEXTS)));
        };
    }

    private Cause cause() {
        Actor actor = new Actor(
                pick(ActorType.values()),
                pick(TEXTS),
                maybe(() -> Map.of("users", new Permission(someTypes()))),
                maybe(this::document),
                maybe(() -> pick(TEXTS)),
                maybe(() -> pick(TEXTS)),
                maybe(this::instant),
                maybe(this::instant),
                maybe(this::instant),
                maybe(this::instant),
                maybe(() -> random.nextInt(9)),
                maybe(() -> list(2, () -> pick(TEXTS))));
        return new Cause(
                maybe(() -> pick(TEXTS)),
                maybe(() -> pick(TEXTS)),
                random.nextInt(4) == 0 ? null : actor,
                maybe(() -> new TemporalTrace(list(
                        3, () -> new TimestampNode(instant(), maybe(() -> pick(TEXTS)), maybe(this::document))))),
                maybe(() -> pick(TEXTS)),
                maybe(() -> pick(TEXTS)),
                maybe(() -> pick(TEXTS)),
                maybe(this::document),
                random.nextInt(5) / 4.0);
    }

    private Set<QueryType> someTypes() {
        Set<QueryType> types = EnumSet.noneOf(QueryType.class);
        types.addAll(list(4, () -> pick(QueryType.values())));
        return types;
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }

    private <T> T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> List<T> list(int most, Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    private <T> T pick(T[] values) {
        return pick(Arrays.asList(values));
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
