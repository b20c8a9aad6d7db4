package io.deltatrace.spring.data;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.history.RevisionRepository;

/**
 * A repository that looks back. The number of a revision is that of the entry in the history of the database; numbers of one entity
 * thus have gaps. The metadata of a revision have the {@link io.deltatrace.history.HistoryEntry}, which says who changed it and why,
 * as their delegate.
 *
 * <p>A removal is a revision too; its entity is what was removed. The oldest known state of an entity that is older than the
 * retained history is a revision with the number 0, without an instant and a delegate.
 *
 * @param <T> the type of the entities
 * @param <ID> the type of their ids
 */
@NoRepositoryBean
public interface HistoryRepository<T, ID> extends RevisionRepository<T, ID, Long> {

    /**
     * All entities as they were at an instant.
     *
     * @throws org.springframework.dao.DataRetrievalFailureException if that state is no longer kept
     */
    List<T> findAllAsOf(Instant instant);

    /**
     * An entity as it was at an instant; empty if it was not there.
     *
     * @throws org.springframework.dao.DataRetrievalFailureException if that state is no longer kept
     */
    Optional<T> findByIdAsOf(ID id, Instant instant);

    /**
     * An entity as it was after a revision of the database; empty if it was not there.
     *
     * @throws org.springframework.dao.DataRetrievalFailureException if that state is no longer kept, or still to come
     */
    Optional<T> findByIdAsOf(ID id, long revision);

    /**
     * Makes an entity what it was after a revision of the database, in one change, and returns it. It is there again if it was
     * deleted. A version goes on counting.
     *
     * @param reason why
     * @throws org.springframework.dao.DataRetrievalFailureException if the entity was not there then, or that state is no longer
     *     kept
     * @throws org.springframework.dao.OptimisticLockingFailureException if the entity has a version and is changed meanwhile
     */
    T revert(ID id, long revision, String reason);
}
