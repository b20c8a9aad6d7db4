package io.deltatrace.spring.data;

import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.ListPagingAndSortingRepository;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.query.ListQueryByExampleExecutor;

/**
 * A repository of entities in a collection. Extend it, and say further queries by the names of methods or by {@link Query}.
 *
 * <p>An entity is new if it has no id: null, or a negative number. A new one gets the collection's next number, from 0, or a random
 * {@link java.util.UUID}, as such or as a string. Everything else is Spring Data's: where an entity has a {@link
 * org.springframework.data.annotation.Version}, it is new if that is null or 0; a {@link
 * org.springframework.data.domain.Persistable} says itself if it is new.
 *
 * <p>Saving changes the fields that the entity has. What else a document holds, and what the class does not know, stays.
 *
 * @param <T> the type of the entities: a record or a JavaBean
 * @param <ID> the type of their ids: {@link Long}, {@link Integer}, {@link String} or {@link java.util.UUID}
 */
@NoRepositoryBean
public interface DeltaTraceRepository<T, ID>
        extends ListCrudRepository<T, ID>,
                ListPagingAndSortingRepository<T, ID>,
                ListQueryByExampleExecutor<T>,
                HistoryRepository<T, ID> {}
