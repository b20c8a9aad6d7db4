package io.deltatrace;

import io.deltatrace.condition.And;
import io.deltatrace.condition.Comparison;
import io.deltatrace.condition.Condition;
import io.deltatrace.condition.Membership;
import io.deltatrace.condition.Or;
import io.deltatrace.condition.TextMatch;
import io.deltatrace.condition.ValueType;
import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import io.deltatrace.index.Index;
import io.deltatrace.query.DeleteQuery;
import io.deltatrace.query.Paging;
import io.deltatrace.query.Query;
import io.deltatrace.query.ReadQuery;
import io.deltatrace.query.Request;
import io.deltatrace.query.SearchOneQuery;
import io.deltatrace.query.SearchQuery;
import io.deltatrace.query.Sort;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.query.UpdateQuery;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Documents, and queries that look for some of them in ways that indexes can help with, and in others. Equal seeds give equal ones. */
public final class RandomLookUps {

    private static final List<String> COLLECTIONS = List.of("users", "orders");
    private static final List<String> PATHS = List.of("id", "name", "age", "address", "address.city", "missing");
    private static final List<String> TEXTS =
            List.of("", "T", "Ta", "Taro", "Tarok", "Tb", "taro", "5", "true", "[", "田中", "\uFFFF", "\uD83D\uDE00");

    private final Random random;
    private final RandomRequests anything;

    /** Whether a field has values of one kind and null, as fields of real documents have. */
    private final boolean orderly;

    public RandomLookUps(long seed) {
        random = new Random(seed);
        anything = new RandomRequests(seed);
        orderly = random.nextBoolean();
    }

    /** Some indexes on some fields of all collections. */
    public Map<String, List<Index>> indexes(boolean unique) {
        Map<String, List<Index>> indexes = new LinkedHashMap<>();
        for (String collection : List.of("users", "orders", "empty", "merged")) {
            List<Index> some = new ArrayList<>();
            for (String path : PATHS) {
                if (random.nextInt(3) > 0) {
                    some.add(maybeUnique(Index.ordered(path), unique));
                }
                if (random.nextInt(3) == 0) {
                    some.add(maybeUnique(Index.hash(path), unique));
                }
            }
            indexes.put(collection, some);
        }
        return indexes;
    }

    private Index maybeUnique(Index index, boolean unique) {
        return unique && random.nextInt(3) == 0 ? index.unique() : index;
    }

    public Request write() {
        return switch (random.nextInt(10)) {
            case 0 -> anything.request();
            case 1, 2 -> transaction();
            default -> change();
        };
    }

    private TransactionQuery transaction() {
        List<Query> queries = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            queries.add(random.nextInt(8) == 0 ? anything.query() : change());
        }
        return new TransactionQuery(queries);
    }

    private Query change() {
        String target = pick(COLLECTIONS);
        boolean returning = random.nextBoolean();
        boolean must = random.nextInt(4) == 0;
        return switch (random.nextInt(6)) {
            case 0 ->
                new DeleteQuery(target, condition(2), random.nextInt(3) > 0, maybe(this::sort), returning, must, null);
            case 1, 2 ->
                new UpdateQuery(
                        target,
                        condition(2),
                        changes(),
                        random.nextBoolean(),
                        maybe(this::sort),
                        returning,
                        must,
                        null);
            default -> Query.add(target, documents());
        };
    }

    public ReadQuery read() {
        String target = pick(COLLECTIONS);
        return switch (random.nextInt(5)) {
            case 0 -> new SearchOneQuery(target, condition(2), null);
            case 1 -> new SearchQuery(target, null, maybe(this::sort), paging(), null);
            default -> new SearchQuery(target, condition(2), maybe(this::sort), paging(), null);
        };
    }

    private Paging paging() {
        return new Paging(
                random.nextInt(3) == 0 ? random.nextInt(4) : null,
                random.nextInt(8) == 0 ? document() : null,
                random.nextInt(8) == 0 ? document() : null,
                maybe(() -> random.nextInt(5)));
    }

    private Sort sort() {
        List<Sort.Order> orders = new ArrayList<>();
        for (int i = random.nextInt(3) == 0 ? 1 : 0; i >= 0; i--) {
            ValueType type = random.nextInt(4) == 0 ? pick(Arrays.asList(ValueType.values())) : ValueType.AUTO;
            orders.add(new Sort.Order(FieldPath.of(pick(PATHS)), random.nextBoolean(), type));
        }
        return new Sort(orders);
    }

    public Condition condition(int depth) {
        String path = pick(PATHS);
        FieldPath field = FieldPath.of(path);
        return switch (random.nextInt(depth == 0 ? 7 : 11)) {
            case 0, 1, 2 ->
                new Comparison(pick(Arrays.asList(Comparison.Operator.values())), field, value(path), ValueType.AUTO);
            case 3 -> new Comparison(Comparison.Operator.EQUAL, field, value(path), ValueType.AUTO);
            case 4 -> new Membership(field, list(4, () -> value(path)), random.nextInt(4) == 0);
            case 5 -> new TextMatch(TextMatch.Operator.STARTS_WITH, field, pick(TEXTS));
            case 6 -> anything.condition();
            case 7, 8, 9 -> new And(list(4, () -> condition(depth - 1)));
            default -> new Or(list(3, () -> condition(depth - 1)));
        };
    }

    private List<Document> documents() {
        return list(6, this::document);
    }

    public Document document() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name : List.of("id", "name", "age", "address")) {
            if (random.nextInt(6) > 0) {
                fields.put(name, name.equals("address") ? address() : value(name));
            }
        }
        return Document.of(fields);
    }

    private Document changes() {
        String name = pick(List.of("id", "name", "age", "address"));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(name, name.equals("address") ? address() : value(name));
        return Document.of(fields);
    }

    private Object address() {
        return random.nextInt(4) == 0 ? value("address") : Document.of(Map.of("city", pick(TEXTS)));
    }

    private Object value(String path) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        boolean asIntended = orderly ? random.nextInt(50) > 0 : random.nextInt(3) > 0;
        if (asIntended) {
            return switch (path) {
                case "id" -> number(40);
                case "age" -> number(8);
                default -> pick(TEXTS);
            };
        }
        return switch (random.nextInt(6)) {
            case 0 -> random.nextBoolean();
            case 1 -> pick(TEXTS);
            case 2 -> list(2, () -> number(2));
            case 3 -> Document.of(Map.of("city", pick(TEXTS)));
            default -> number(8);
        };
    }

    private Number number(int bound) {
        int n = random.nextInt(bound);
        return switch (random.nextInt(8)) {
            case 0 -> (double) n;
            case 1 -> n / 2.0;
            case 2 -> new BigDecimal(n).setScale(25);
            case 3 -> new BigInteger("9007199254740992").add(BigInteger.valueOf(n % 3));
            case 4 -> new BigInteger("92233720368547758070").add(BigInteger.valueOf(n % 3));
            default -> (long) n;
        };
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

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
