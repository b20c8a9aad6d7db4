package io.deltatrace.benchmarks.peers;

import java.util.List;

/**
 * The operations that are measured, which every peer carries out in its own best way. Results are complete lists, not
 * cursors; unless it says otherwise, in any order.
 *
 * @param <R> what the peer's callers hold: users, or documents
 */
public interface UserStore<R> extends AutoCloseable {

    /** A limit that is none. */
    int ALL = Integer.MAX_VALUE;

    /** The record to be added for a user; not measured. */
    R recordOf(User user);

    /** The user that a found record stands for; not measured. */
    User userOf(R record);

    /** Adds records to an empty store at once. */
    void addAll(List<R> records);

    /** Adds a record. */
    void add(R record);

    /** All records. */
    List<R> all();

    /** The first record with that name, which is never indexed. */
    R named(String name);

    /** The record with that id, by an index if the store has them. */
    R withId(long id);

    /** The records with ages from one to another, both included, by an index if the store has them. */
    List<R> aged(int from, int to);

    /** The first records in order of age, at most so many or {@link #ALL}, of those whose names start so. */
    List<R> startingWith(String prefix, int limit);

    /** Changes the name of one record of that age, found by an index if the store has them. */
    void renameAged(int age, String name);

    /** Removes all records of at least that age, and answers how many there were. */
    int deleteAgedFrom(int age);

    @Override
    void close();
}
