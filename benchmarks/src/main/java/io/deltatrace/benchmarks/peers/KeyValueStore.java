package io.deltatrace.benchmarks.peers;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.data.domain.Limit;
import org.springframework.data.keyvalue.core.KeyValueTemplate;
import org.springframework.data.keyvalue.core.PredicateQueryEngine;
import org.springframework.data.keyvalue.repository.KeyValueRepository;
import org.springframework.data.keyvalue.repository.support.KeyValueRepositoryFactory;
import org.springframework.data.map.MapKeyValueAdapter;

/**
 * A repository of Spring Data KeyValue over its map. It hands out the objects that it holds, and has no indexes but the map's
 * keys, which are the ids.
 */
final class KeyValueStore implements UserStore<User> {

    /** The queries, derived from the names of the methods. */
    interface UserRepository extends KeyValueRepository<User, Long> {

        Optional<User> findFirstByName(String name);

        Optional<User> findFirstByAge(int age);

        List<User> findByAgeGreaterThanEqualAndAgeLessThanEqual(int from, int to);

        List<User> findByAgeGreaterThanEqual(int age);

        List<User> findByNameStartingWithOrderByAge(String prefix, Limit limit);
    }

    private final UserRepository users = new KeyValueRepositoryFactory(
                    new KeyValueTemplate(new MapKeyValueAdapter(ConcurrentHashMap.class, new PredicateQueryEngine())))
            .getRepository(UserRepository.class);

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
        users.saveAll(added);
    }

    @Override
    public void add(User user) {
        users.save(user);
    }

    @Override
    public List<User> all() {
        return users.findAll();
    }

    @Override
    public User named(String name) {
        return users.findFirstByName(name).orElseThrow();
    }

    @Override
    public User withId(long id) {
        return users.findById(id).orElseThrow();
    }

    @Override
    public List<User> aged(int from, int to) {
        return users.findByAgeGreaterThanEqualAndAgeLessThanEqual(from, to);
    }

    @Override
    public List<User> startingWith(String prefix, int limit) {
        return users.findByNameStartingWithOrderByAge(prefix, limit == ALL ? Limit.unlimited() : Limit.of(limit));
    }

    @Override
    public void renameAged(int age, String name) {
        users.save(users.findFirstByAge(age).orElseThrow().withName(name));
    }

    @Override
    public int deleteAgedFrom(int age) {
        List<User> old = users.findByAgeGreaterThanEqual(age);
        users.deleteAll(old);
        return old.size();
    }

    @Override
    public void close() {}
}
