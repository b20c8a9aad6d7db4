package io.deltatrace;

import static io.deltatrace.condition.Field.field;

import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.TransactionQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * A request that writes, and what it should do.
 *
 * @param effect what the tables are after it; null if it fails
 */
record RandomWrite(Request request, UnaryOperator<Tables> effect) {

    static final List<String> COLLECTIONS = List.of("a", "b");

    /** There are so few numbers that queries find something, and several. */
    static final int NUMBERS = 6;

    static String collection(Random random) {
        return COLLECTIONS.get(random.nextInt(COLLECTIONS.size()));
    }

    /** One query. */
    static RandomWrite query(Random random, LongSupplier ids) {
        String collection = collection(random);
        long number = random.nextInt(NUMBERS);
        long other = (number + 1 + random.nextInt(NUMBERS - 1)) % NUMBERS;
        return switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> add(collection, ids.getAsLong(), number);
            case 4, 5 ->
                new RandomWrite(
                        Query.update(collection, Map.of("n", other))
                                .where(field("n").equalTo(number)),
                        tables -> tables.changed(collection, (id, n) -> n == number, other));
            case 6 ->
                new RandomWrite(
                        Query.delete(collection).where(field("n").lessThan(number)),
                        tables -> tables.changed(collection, (id, n) -> n < number, null));
            default -> {
                long chosen = random.nextInt(20);
                yield new RandomWrite(
                        Query.deleteOne(collection).where(field("id").equalTo(chosen)),
                        tables -> tables.changed(collection, (id, n) -> id == chosen, null));
            }
        };
    }

    private static RandomWrite add(String collection, long id, long number) {
        return new RandomWrite(
                Query.add(collection, Map.of("id", id, "n", number)), tables -> tables.with(collection, id, number));
    }

    /** Several queries, all or none. */
    static RandomWrite transaction(Random random, LongSupplier ids) {
        List<RandomWrite> writes = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            writes.add(query(random, ids));
        }
        return all(writes);
    }

    /** What makes all collections. */
    static RandomWrite first(LongSupplier ids) {
        return all(COLLECTIONS.stream()
                .map(collection -> add(collection, ids.getAsLong(), 0))
                .toList());
    }

    private static RandomWrite all(List<RandomWrite> writes) {
        return new RandomWrite(
                new TransactionQuery(
                        writes.stream().map(write -> (Query) write.request()).toList()),
                tables -> {
                    Tables after = tables;
                    for (RandomWrite write : writes) {
                        after = after == null ? null : write.effect().apply(after);
                    }
                    return after;
                });
    }
}
