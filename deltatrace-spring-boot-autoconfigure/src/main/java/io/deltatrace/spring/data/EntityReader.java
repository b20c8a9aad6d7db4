package io.deltatrace.spring.data;

import io.deltatrace.condition.Condition;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/**
 * Reads entities, from a database or from a past state of one. Thread-safe.
 *
 * <p>Conditions name the fields of documents, as they are called in JSON, and values as they are stored; sorts name the properties
 * of entities, as they do everywhere in Spring Data. What fails is a {@link org.springframework.dao.DataAccessException}.
 */
public interface EntityReader {

    /** The entity with an id. */
    <T> Optional<T> findById(Class<T> type, Object id);

    /** All entities of a type, in the order in which they were added. */
    <T> List<T> findAll(Class<T> type);

    /** The entities that meet a condition, in the order in which they were added. */
    <T> List<T> find(Class<T> type, Condition condition);

    /** The entities that meet a condition, in an order. */
    <T> List<T> find(Class<T> type, Condition condition, Sort sort);

    /** A page of the entities that meet a condition. */
    <T> Page<T> find(Class<T> type, Condition condition, Pageable page);

    /** How many entities meet a condition. */
    long count(Class<?> type, Condition condition);
}
