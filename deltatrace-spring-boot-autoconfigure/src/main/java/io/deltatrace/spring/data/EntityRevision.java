package io.deltatrace.spring.data;

import io.deltatrace.document.Document;
import io.deltatrace.history.DocumentId;
import io.deltatrace.history.DocumentVersion;
import io.deltatrace.history.HistoryEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.history.Revision;
import org.springframework.data.history.RevisionMetadata;

/**
 * What is known of a revision of an entity.
 *
 * @param entry what made it; null if that is older than the retained history
 * @param kind what it did to the entity
 */
record EntityRevision(@Nullable HistoryEntry entry, RevisionMetadata.RevisionType kind)
        implements RevisionMetadata<Long> {

    /** Stands for the revision that made what is older than the retained history; real ones count from 1. */
    static final long BEFORE_HISTORY = 0;

    /** The revisions that versions of documents are. */
    static <T> List<Revision<Long, T>> of(StoredEntity<T> entity, List<DocumentVersion> versions) {
        List<Revision<Long, T>> revisions = new ArrayList<>();
        Map<DocumentId, Document> before = new HashMap<>();
        for (DocumentVersion version : versions) {
            Document last = version.document() == null
                    ? before.remove(version.id())
                    : before.put(version.id(), version.document());
            Document shown = version.document() == null ? last : version.document();
            if (shown != null) {
                RevisionType kind = version.document() == null
                        ? RevisionType.DELETE
                        : version.entry() == null
                                ? RevisionType.UNKNOWN
                                : last == null ? RevisionType.INSERT : RevisionType.UPDATE;
                revisions.add(Revision.of(new EntityRevision(version.entry(), kind), entity.read(shown)));
            }
        }
        return revisions;
    }

    @Override
    public Optional<Long> getRevisionNumber() {
        return Optional.of(entry == null ? BEFORE_HISTORY : entry.revision());
    }

    @Override
    public Optional<Instant> getRevisionInstant() {
        return Optional.ofNullable(entry).map(HistoryEntry::committedAt);
    }

    /** The entry of the history. */
    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Spring Data declares it
    public <D> D getDelegate() {
        if (entry == null) {
            throw new NoSuchElementException("This revision is older than the retained history");
        }
        return (D) entry;
    }

    @Override
    public RevisionType getRevisionType() {
        return kind;
    }
}
