package io.deltatrace.query;

/**
 * One answer for each type of query.
 *
 * @param <R> the type of the answer
 */
public interface QueryVisitor<R> {

    /** For a {@link AddQuery}. */
    R add(AddQuery query);

    /** For a {@link UpdateQuery}. */
    R update(UpdateQuery query);

    /** For a {@link DeleteQuery}. */
    R delete(DeleteQuery query);

    /** For a {@link ConformQuery}. */
    R conform(ConformQuery query);

    /** For a {@link RenameFieldQuery}. */
    R renameField(RenameFieldQuery query);

    /** For a {@link ClearQuery}. */
    R clear(ClearQuery query);

    /** For a {@link RemoveCollectionQuery}. */
    R removeCollection(RemoveCollectionQuery query);

    /** For a {@link MergeQuery}. */
    R merge(MergeQuery query);

    /** For a {@link SearchQuery}. */
    R search(SearchQuery query);

    /** For a {@link SearchOneQuery}. */
    R searchOne(SearchOneQuery query);

    /** For a {@link CountQuery}. */
    R count(CountQuery query);
}
