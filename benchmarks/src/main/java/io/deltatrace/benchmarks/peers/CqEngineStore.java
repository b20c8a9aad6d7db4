package io.deltatrace.benchmarks.peers;

import static com.googlecode.cqengine.query.QueryFactory.ascending;
import static com.googlecode.cqengine.query.QueryFactory.between;
import static com.googlecode.cqengine.query.QueryFactory.equal;
import static com.googlecode.cqengine.query.QueryFactory.greaterThanOrEqualTo;
import static com.googlecode.cqengine.query.QueryFactory.noQueryOptions;
import static com.googlecode.cqengine.query.QueryFactory.orderBy;
import static com.googlecode.cqengine.query.QueryFactory.queryOptions;
import static com.googlecode.cqengine.query.QueryFactory.startsWith;

import com.googlecode.cqengine.ConcurrentIndexedCollection;
import com.googlecode.cqengine.IndexedCollection;
import com.googlecode.cqengine.attribute.SimpleAttribute;
import com.googlecode.cqengine.index.navigable.NavigableIndex;
import com.googlecode.cqengine.index.unique.UniqueIndex;
import com.googlecode.cqengine.query.Query;
import com.googlecode.cqengine.query.option.QueryOptions;
import com.googlecode.cqengine.resultset.ResultSet;
import java.util.ArrayList;
import java.util.List;

/** CQEngine's concurrent collection on the heap. It hands out the objects that it holds; changed ones replace the others. */
final class CqEngineStore implements UserStore<User> {

    private static final SimpleAttribute<User, Long> ID = new SimpleAttribute<>(User.class, Long.class, "id") {
        @Override
        public Long getValue(User user, QueryOptions options) {
            return user.id();
        }
    };
    private static final SimpleAttribute<User, Integer> AGE = new SimpleAttribute<>(User.class, Integer.class, "age") {
        @Override
        public Integer getValue(User user, QueryOptions options) {
            return user.age();
        }
    };
    private static final SimpleAttribute<User, String> NAME = new SimpleAttribute<>(User.class, String.class, "name") {
        @Override
        public String getValue(User user, QueryOptions options) {
            return user.name();
        }
    };

    private final IndexedCollection<User> users = new ConcurrentIndexedCollection<>();

    CqEngineStore(boolean indexed) {
        if (indexed) {
            users.addIndex(UniqueIndex.onAttribute(ID));
            users.addIndex(NavigableIndex.onAttribute(AGE));
        }
    }

    private List<User> found(Query<User> query, QueryOptions options, int limit) {
        List<User> found = new ArrayList<>();
        try (ResultSet<User> results = users.retrieve(query, options)) {
            for (User user : results) {
                if (found.size() == limit) {
                    break;
                }
                found.add(user);
            }
        }
        return found;
    }

    private List<User> found(Query<User> query) {
        return found(query, noQueryOptions(), ALL);
    }

    private User first(Query<User> query) {
        return found(query, noQueryOptions(), 1).get(0);
    }

    @Override
    public User recordOf(User user) {
        return user;
    }

    @Override
    public User userOf(User record) {
        return record;
    }

    @Override
    public void addAll(List<User> added) {
        users.addAll(added);
    }

    @Override
    public void add(User user) {
        users.add(user);
    }

    @Override
    public List<User> all() {
        return new ArrayList<>(users);
    }

    @Override
    public User named(String name) {
        return first(equal(NAME, name));
    }

    @Override
    public User withId(long id) {
        return first(equal(ID, id));
    }

    @Override
    public List<User> aged(int from, int to) {
        return found(between(AGE, from, to));
    }

    @Override
    public List<User> startingWith(String prefix, int limit) {
        return found(startsWith(NAME, prefix), queryOptions(orderBy(ascending(AGE))), limit);
    }

    @Override
    public void renameAged(int age, String name) {
        User user = first(equal(AGE, age));
        users.update(List.of(user), List.of(user.withName(name)));
    }

    @Override
    public int deleteAgedFrom(int age) {
        List<User> old = found(greaterThanOrEqualTo(AGE, age));
        users.update(old, List.of());
        return old.size();
    }

    @Override
    public void close() {}
}
