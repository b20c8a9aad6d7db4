package io.deltatrace.internal.engine;

import io.deltatrace.index.Plan;
import io.deltatrace.query.AddQuery;
import io.deltatrace.query.ClearQuery;
import io.deltatrace.query.ConformQuery;
import io.deltatrace.query.CountQuery;
import io.deltatrace.query.DeleteQuery;
import io.deltatrace.query.MergeQuery;
import io.deltatrace.query.Query;
import io.deltatrace.query.QueryVisitor;
import io.deltatrace.query.RemoveCollectionQuery;
import io.deltatrace.query.RenameFieldQuery;
import io.deltatrace.query.SearchOneQuery;
import io.deltatrace.query.SearchQuery;
import io.deltatrace.query.Sort;
import io.deltatrace.query.UpdateQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link Execution} would do to find the documents of a query, in words. */
final class Explanation implements QueryVisitor<Plan> {

    private final DatabaseState state;

    Explanation(DatabaseState state) {
        this.state = state;
    }

    @Override
    public Plan search(SearchQuery query) {
        Plan.Order order = ofSort(query.sort());
        boolean firstFew = order == Plan.Order.SORT && Page.length(query.paging()) < Integer.MAX_VALUE;
        return Selection.of(state.collection(query.target()), query)
                .plan(query.target(), firstFew ? Plan.Order.FIRST : order);
    }

    @Override
    public Plan searchOne(SearchOneQuery query) {
        return Selection.of(state.collection(query.target()), query.condition(), true)
                .plan(query.target(), Plan.Order.INSERTION);
    }

    @Override
    public Plan update(UpdateQuery query) {
        return Selection.of(state.collection(query.target()), query.condition(), query.onlyFirst())
                .plan(query.target(), query.returning() ? ofSort(query.sort()) : Plan.Order.INSERTION);
    }

    @Override
    public Plan delete(DeleteQuery query) {
        return Selection.of(state.collection(query.target()), query.condition(), query.onlyFirst())
                .plan(query.target(), query.returning() ? ofSort(query.sort()) : Plan.Order.INSERTION);
    }

    private static Plan.Order ofSort(@Nullable Sort sort) {
        return sort == null || sort.orders().isEmpty() ? Plan.Order.INSERTION : Plan.Order.SORT;
    }

    @Override
    public Plan conform(ConformQuery query) {
        return scan(query);
    }

    @Override
    public Plan renameField(RenameFieldQuery query) {
        return scan(query);
    }

    @Override
    public Plan merge(MergeQuery query) {
        return scan(query);
    }

    @Override
    public Plan add(AddQuery query) {
        return nothing(query);
    }

    @Override
    public Plan clear(ClearQuery query) {
        return nothing(query);
    }

    @Override
    public Plan removeCollection(RemoveCollectionQuery query) {
        return nothing(query);
    }

    @Override
    public Plan count(CountQuery query) {
        return nothing(query);
    }

    private Plan scan(Query query) {
        return plan(query, Plan.Access.SCAN, state.size(query.target()));
    }

    private static Plan nothing(Query query) {
        return plan(query, Plan.Access.NONE, 0);
    }

    private static Plan plan(Query query, Plan.Access access, long documents) {
        return new Plan(query.target(), access, List.of(), null, null, documents, Plan.Order.INSERTION);
    }
}
