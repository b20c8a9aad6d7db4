package io.deltatrace.benchmarks.peers;

import static org.dizitart.no2.collection.Document.createDocument;
import static org.dizitart.no2.filters.FluentFilter.where;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dizitart.no2.Nitrite;
import org.dizitart.no2.collection.Document;
import org.dizitart.no2.collection.FindOptions;
import org.dizitart.no2.common.SortOrder;
import org.dizitart.no2.common.mapper.EntityConverter;
import org.dizitart.no2.common.mapper.NitriteMapper;
import org.dizitart.no2.filters.Filter;
import org.dizitart.no2.index.IndexOptions;
import org.dizitart.no2.index.IndexType;
import org.dizitart.no2.repository.ObjectRepository;
import org.dizitart.no2.store.memory.InMemoryStoreModule;

/** Nitrite's repository of objects in memory, with a converter written by hand, which is faster than one by Jackson. */
final class NitriteStore implements UserStore<User> {

    private static final class UserConverter implements EntityConverter<User> {

        @Override
        public Class<User> getEntityType() {
            return User.class;
        }

        @Override
        public Document toDocument(User user, NitriteMapper mapper) {
            return createDocument("id", user.id())
                    .put("name", user.name())
                    .put("age", user.age())
                    .put("createdAt", user.createdAt())
                    .put("updatedAt", user.updatedAt())
                    .put("nested", new HashMap<>(user.nested()));
        }

        @Override
        @SuppressWarnings("unchecked") // as it was stored
        public User fromDocument(Document document, NitriteMapper mapper) {
            return new User(
                    document.get("id", Long.class),
                    document.get("name", String.class),
                    document.get("age", Integer.class),
                    document.get("createdAt", Instant.class),
                    document.get("updatedAt", Instant.class),
                    new HashMap<>((Map<String, Object>) document.get("nested", Map.class)));
        }
    }

    private final Nitrite nitrite = Nitrite.builder()
            .loadModule(new InMemoryStoreModule())
            .registerEntityConverter(new UserConverter())
            .disableRepositoryTypeValidation()
            .openOrCreate();
    private final ObjectRepository<User> users = nitrite.getRepository(User.class);

    NitriteStore(boolean indexed) {
        if (indexed) {
            users.createIndex(IndexOptions.indexOptions(IndexType.UNIQUE), "id");
            users.createIndex(IndexOptions.indexOptions(IndexType.NON_UNIQUE), "age");
        }
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
        users.insert(added.toArray(new User[0]));
    }

    @Override
    public void add(User user) {
        users.insert(user);
    }

    @Override
    public List<User> all() {
        return users.find().toList();
    }

    @Override
    public User named(String name) {
        return users.find(where("name").eq(name)).firstOrNull();
    }

    @Override
    public User withId(long id) {
        return users.find(where("id").eq(id)).firstOrNull();
    }

    @Override
    public List<User> aged(int from, int to) {
        return users.find(where("age").between(from, to)).toList();
    }

    /** The condition is in Java, because Nitrite has only regular expressions for it, which are slower. */
    @Override
    public List<User> startingWith(String prefix, int limit) {
        Filter starting = entry -> entry.getSecond().get("name", String.class).startsWith(prefix);
        FindOptions options = FindOptions.orderBy("age", SortOrder.Ascending);
        return users.find(starting, limit == ALL ? options : options.limit(limit))
                .toList();
    }

    @Override
    public void renameAged(int age, String name) {
        users.update(where("age").eq(age), createDocument("name", name), true);
    }

    @Override
    public int deleteAgedFrom(int age) {
        return users.remove(where("age").gte(age), false).getAffectedCount();
    }

    @Override
    public void close() {
        nitrite.close();
    }
}
