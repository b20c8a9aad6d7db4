package io.deltatrace.benchmarks.peers;

import static io.deltatrace.condition.Field.field;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.DeltaTraceDatabaseBuilder;
import io.deltatrace.document.Document;
import io.deltatrace.index.Index;
import io.deltatrace.query.Query;
import io.deltatrace.query.SearchQuery;
import io.deltatrace.query.Sort;
import io.deltatrace.result.QueryResult;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** DeltaTrace as it comes: whole calls of {@code execute}, with the history recorded. */
final class DeltaTraceStore<R> implements UserStore<R> {

    private static final String USERS = "users";

    private final DeltaTraceDatabase database;
    private final Function<User, R> recordOf;
    private final Function<R, User> userOf;
    private final Function<QueryResult, List<R>> found;

    private DeltaTraceStore(
            boolean indexed,
            Function<User, R> recordOf,
            Function<R, User> userOf,
            Function<QueryResult, List<R>> found) {
        DeltaTraceDatabaseBuilder builder = DeltaTraceDatabase.builder();
        if (indexed) {
            builder.index(USERS, Index.hash("id")).index(USERS, Index.ordered("age"));
        }
        this.database = builder.build();
        this.recordOf = recordOf;
        this.userOf = userOf;
        this.found = found;
    }

    /** With documents in and out, as those have them who work with JSON. */
    static UserStore<Document> ofDocuments(boolean indexed) {
        return new DeltaTraceStore<>(
                indexed, Document::of, document -> document.as(User.class), QueryResult::documents);
    }

    /** With objects in and out. */
    static UserStore<User> ofObjects(boolean indexed) {
        return new DeltaTraceStore<>(
                indexed, Function.identity(), Function.identity(), result -> result.as(User.class));
    }

    private List<R> read(Query query) {
        return found.apply(database.execute(query).orThrow());
    }

    private QueryResult write(Query query) {
        return database.execute(query).orThrow();
    }

    @Override
    public R recordOf(User user) {
        return recordOf.apply(user);
    }

    @Override
    public User userOf(R record) {
        return userOf.apply(record);
    }

    @Override
    public void addAll(List<R> records) {
        write(Query.add(USERS, records));
    }

    @Override
    public void add(R record) {
        write(Query.add(USERS, record));
    }

    @Override
    public List<R> all() {
        return read(Query.getAll(USERS));
    }

    @Override
    public R named(String name) {
        return read(Query.searchOne(USERS).where(field("name").equalTo(name))).get(0);
    }

    @Override
    public R withId(long id) {
        return read(Query.searchOne(USERS).where(field("id").equalTo(id))).get(0);
    }

    @Override
    public List<R> aged(int from, int to) {
        return read(Query.search(USERS)
                .where(field("age").greaterThanOrEqualTo(from).and(field("age").lessThanOrEqualTo(to))));
    }

    @Override
    public List<R> startingWith(String prefix, int limit) {
        SearchQuery query =
                Query.search(USERS).where(field("name").startsWith(prefix)).sort(Sort.by("age"));
        return read(limit == ALL ? query : query.limit(limit));
    }

    @Override
    public void renameAged(int age, String name) {
        write(Query.updateOne(USERS, Map.of("name", name)).where(field("age").equalTo(age)));
    }

    @Override
    public int deleteAgedFrom(int age) {
        return (int) write(Query.delete(USERS)
                        .where(field("age").greaterThanOrEqualTo(age))
                        .mayAffectNone())
                .updateCount();
    }

    @Override
    public void close() {
        database.close();
    }
}
