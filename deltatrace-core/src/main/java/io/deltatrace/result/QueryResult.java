package io.deltatrace.result;

import io.deltatrace.access.QueryType;
import io.deltatrace.document.Document;
import io.deltatrace.document.DocumentMapper;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * The answer to one query. Immutable; two are equal if they say the same, whatever they convert documents with.
 */
public final class QueryResult implements Result {

    private final String target;
    private final QueryType type;
    private final List<Document> documents;
    private final long collectionSize;
    private final long updateCount;
    private final long hitCount;
    private final @Nullable String errorMessage;
    private final DocumentMapper mapper;

    private QueryResult(
            String target,
            QueryType type,
            List<Document> documents,
            long collectionSize,
            long updateCount,
            long hitCount,
            @Nullable String errorMessage,
            DocumentMapper mapper) {
        this.target = Objects.requireNonNull(target, "target");
        this.type = Objects.requireNonNull(type, "type");
        this.documents = List.copyOf(documents);
        this.collectionSize = collectionSize;
        this.updateCount = updateCount;
        this.hitCount = hitCount;
        this.errorMessage = errorMessage;
        this.mapper = mapper;
    }

    /** A success; see the accessors for what the arguments mean. */
    public static QueryResult success(
            String target,
            QueryType type,
            List<Document> documents,
            long collectionSize,
            long updateCount,
            long hitCount) {
        return new QueryResult(
                target, type, documents, collectionSize, updateCount, hitCount, null, DocumentMapper.standard());
    }

    /** A failure, which has no documents and changed nothing. */
    public static QueryResult failure(String target, QueryType type, long collectionSize, String errorMessage) {
        return new QueryResult(
                target,
                type,
                List.of(),
                collectionSize,
                0,
                0,
                Objects.requireNonNull(errorMessage, "errorMessage"),
                DocumentMapper.standard());
    }

    /** This result, converting its documents with another mapper. */
    public QueryResult with(DocumentMapper documentMapper) {
        return new QueryResult(
                target, type, documents, collectionSize, updateCount, hitCount, errorMessage, documentMapper);
    }

    @Override
    public boolean isSuccess() {
        return errorMessage == null;
    }

    /** The collection that the query was about. */
    public String target() {
        return target;
    }

    /** What the query was to do. */
    public QueryType type() {
        return type;
    }

    /** The documents found, or those changed if the query asked for them. */
    public List<Document> documents() {
        return documents;
    }

    /** How many documents the collection has after the query. */
    public long collectionSize() {
        return collectionSize;
    }

    /** How many documents were added, changed or removed. */
    public long updateCount() {
        return updateCount;
    }

    /** How many documents met the condition, before paging. */
    public long hitCount() {
        return hitCount;
    }

    @Override
    public @Nullable String errorMessage() {
        return errorMessage;
    }

    /**
     * The documents as objects of the caller's type.
     *
     * @throws IllegalArgumentException if the type does not fit a document
     */
    public <T> List<T> as(Class<T> javaType) {
        return documents.stream()
                .map(document -> mapper.toObject(document, javaType))
                .toList();
    }

    /** As {@link #as(Class)}, for a generic type. */
    public <T> List<T> as(TypeReference<T> javaType) {
        return documents.stream()
                .map(document -> mapper.toObject(document, javaType))
                .toList();
    }

    /** The first document as an object of the caller's type; empty if there is none. */
    public <T> Optional<T> first(Class<T> javaType) {
        return documents.stream().findFirst().map(document -> mapper.toObject(document, javaType));
    }

    /**
     * This result if it is a success.
     *
     * @throws QueryFailedException if it is a failure, with its message
     */
    public QueryResult orThrow() {
        if (errorMessage != null) {
            throw new QueryFailedException(errorMessage);
        }
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof QueryResult that
                && target.equals(that.target)
                && type == that.type
                && documents.equals(that.documents)
                && collectionSize == that.collectionSize
                && updateCount == that.updateCount
                && hitCount == that.hitCount
                && Objects.equals(errorMessage, that.errorMessage);
    }

    @Override
    public int hashCode() {
        return Objects.hash(target, type, documents, collectionSize, updateCount, hitCount, errorMessage);
    }

    @Override
    public String toString() {
        return type.wireName() + " on '" + target + "': "
                + (errorMessage == null
                        ? documents.size() + " returned, " + hitCount + " hit, " + updateCount + " updated, "
                                + collectionSize + " in the collection"
                        : "failed, " + errorMessage);
    }
}
