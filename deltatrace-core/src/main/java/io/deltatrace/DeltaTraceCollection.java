package io.deltatrace;

import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.query.Sort;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A collection as objects of one type. Immutable and thread-safe; it holds no data, and what was said of it applies to its
 * later calls only.
 *
 * <p>Lists and maps in records may be unmodifiable, and a record that can never change may be the same one each time that it is
 * read; see {@link io.deltatrace.document.DocumentMapper}.
 *
 * <p>A request that fails is a {@link io.deltatrace.result.QueryFailedException}, and has changed nothing. An object that
 * cannot be converted is an {@link IllegalArgumentException}.
 *
 * @param <T> a record or JavaBean
 */
public interface DeltaTraceCollection<T> {

    /** The name of the collection. */
    String name();

    /** This collection, whose changes have the given cause. */
    DeltaTraceCollection<T> because(Cause cause);

    /** This collection, which numbers added objects in a field that each of them has. */
    DeltaTraceCollection<T> serialKey(String field);

    /** Adds an object, and returns it as it was stored. */
    T add(T object);

    /** Adds objects in one commit, and returns them as they were stored. */
    List<T> addAll(Collection<? extends T> objects);

    /** All objects in the order in which they were added. */
    List<T> all();

    /** The objects that meet the condition, in the order in which they were added. */
    List<T> find(Condition condition);

    /** The objects that meet the condition, in the given order. */
    List<T> find(Condition condition, Sort sort);

    /** The first object that meets the condition. */
    Optional<T> findFirst(Condition condition);

    /** How many objects there are. */
    long count();

    /** How many objects meet the condition. */
    long count(Condition condition);

    /**
     * Sets top-level fields in every object that meets the condition.
     *
     * @param changes the fields, as a document, a map, a record or a JavaBean
     * @return how many objects were changed
     */
    long update(Condition condition, Object changes);

    /**
     * Removes every object that meets the condition.
     *
     * @return how many objects were removed
     */
    long delete(Condition condition);

    /** Calls the listener after each commit that changed the collection, until the subscription is cancelled. */
    Subscription onChange(ChangeListener listener);
}
