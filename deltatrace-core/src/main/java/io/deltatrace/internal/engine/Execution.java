package io.deltatrace.internal.engine;

import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
import io.deltatrace.document.TemplateFitting;
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
import io.deltatrace.result.QueryResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each type of query does to a state. A query that cannot be carried out is an {@link IllegalArgumentException}, whose
 * message becomes the result's; the state it would have made is simply dropped.
 */
final class Execution implements QueryVisitor<Step> {

    private final DatabaseState state;
    private final boolean again;

    /**
     * Of a query on a state.
     *
     * @param again whether it was carried out before and is a use of indexes no more
     */
    Execution(DatabaseState state, boolean again) {
        this.state = state;
        this.again = again;
    }

    @Override
    public Step add(AddQuery query) {
        CollectionState before = state.collection(query.target());
        long serial = query.resetting() ? 0 : before.serial();
        List<Document> documents = query.documents();
        String serialKey = query.serialKey();
        if (serialKey != null) {
            documents = numbered(documents, serialKey, serial);
            serial += documents.size();
        }
        Rows rows = (query.replacing() ? before.rows().cleared() : before.rows()).append(documents);
        int affected = query.replacing() ? before.size() : documents.size();
        return changed(
                query,
                before.with(rows, serial),
                query.returning() ? documents : List.of(),
                affected,
                query.replacing() ? affected : 0);
    }

    static List<Document> numbered(List<Document> documents, String serialKey, long firstSerial) {
        if (firstSerial > Long.MAX_VALUE - documents.size()) {
            throw new IllegalArgumentException("The serial numbers are used up");
        }
        List<Document> numbered = new ArrayList<>(documents.size());
        for (Document document : documents) {
            if (!document.has(serialKey)) {
                throw new IllegalArgumentException(
                        "Document " + numbered.size() + " lacks the serial key '" + serialKey + "'");
            }
            numbered.add(document.with(serialKey, firstSerial + numbered.size()));
        }
        return numbered;
    }

    @Override
    public Step update(UpdateQuery query) {
        List<Document> changed = new ArrayList<>();
        CollectionState after = edit(query.target(), query.condition(), query.onlyFirst(), document -> {
            Document updated = document.withAll(query.changes());
            changed.add(updated);
            return updated;
        });
        return changed(
                query,
                after,
                query.returning() ? sorted(changed, query.sort()) : List.of(),
                changed.size(),
                changed.size());
    }

    @Override
    public Step delete(DeleteQuery query) {
        boolean returning = query.returning() || query.onlyFirst();
        List<Document> removed = new ArrayList<>();
        CollectionState after = edit(query.target(), query.condition(), query.onlyFirst(), document -> {
            if (returning) {
                removed.add(document);
            }
            return null;
        });
        int count = state.collection(query.target()).size() - after.size();
        return changed(query, after, sorted(removed, query.sort()), count, count);
    }

    private CollectionState edit(String target, Condition condition, boolean onlyFirst, Rows.Change change) {
        CollectionState before = state.collection(target);
        Selection selection = counted(Selection.of(before, condition, onlyFirst));
        if (!onlyFirst) {
            return before.with(selection.transform(change));
        }
        long row = selection.first();
        return row == Rows.NONE ? before : before.with(before.rows().edit(row, change));
    }

    private Selection counted(Selection selection) {
        if (!again) {
            selection.countUse();
        }
        return selection;
    }

    @Override
    public Step conform(ConformQuery query) {
        CollectionState before = state.collection(query.target());
        Rows rows = before.rows().transform(LeafTest.ALL, new TemplateFitting(query.template())::apply);
        return changed(query, before.with(rows), List.of(), before.size(), before.size());
    }

    @Override
    public Step renameField(RenameFieldQuery query) {
        CollectionState before = state.collection(query.target());
        Rows rows = before.rows().transform(LeafTest.ALL, document -> renamed(document, query.before(), query.after()));
        return changed(
                query, before.with(rows), query.returning() ? rows.toList() : List.of(), before.size(), before.size());
    }

    private static Document renamed(Document document, String before, String after) {
        if (!document.has(before)) {
            throw new IllegalArgumentException("A document lacks the field '" + before + "'");
        }
        if (document.has(after)) {
            throw new IllegalArgumentException("A document already has the field '" + after + "'");
        }
        return document.without(before).with(after, document.get(before));
    }

    @Override
    public Step clear(ClearQuery query) {
        CollectionState before = state.collection(query.target());
        CollectionState after = before.with(before.rows().cleared(), query.resetting() ? 0 : before.serial());
        return changed(query, after, List.of(), before.size(), before.size());
    }

    @Override
    public Step removeCollection(RemoveCollectionQuery query) {
        boolean exists = state.has(query.target());
        return new Step(
                exists ? state.without(query.target()) : state,
                QueryResult.success(query.target(), query.type(), List.of(), 0, exists ? 1 : 0, 0));
    }

    @Override
    public Step merge(MergeQuery query) {
        CollectionState output = new Merging(state, query).run();
        return new Step(
                state.with(query.merge().output(), output),
                QueryResult.success(query.target(), query.type(), List.of(), output.size(), output.size(), 0));
    }

    @Override
    public Step search(SearchQuery query) {
        CollectionState collection = state.collection(query.target());
        Selection selection = counted(Selection.of(collection, query));
        int most = Page.length(query.paging());
        Sort sort = selection.isSorted() ? null : query.sort();
        Selection.Found found = sort == null ? selection.find(most) : selection.find(sort, most);
        List<Document> inOrder = sort == null ? found.documents() : sort.apply(found.documents(), found.keys(), most);
        return unchanged(query, collection, Page.of(inOrder, query.paging()), found.hits());
    }

    @Override
    public Step searchOne(SearchOneQuery query) {
        CollectionState collection = state.collection(query.target());
        long row = counted(Selection.of(collection, query.condition(), true)).first();
        Document found = collection.rows().get(row);
        List<Document> documents = found == null ? List.of() : List.of(found);
        return unchanged(query, collection, documents, documents.size());
    }

    @Override
    public Step count(CountQuery query) {
        CollectionState collection = state.collection(query.target());
        return unchanged(query, collection, List.of(), collection.size());
    }

    private Step unchanged(Query query, CollectionState collection, List<Document> documents, int hits) {
        return new Step(
                state, QueryResult.success(query.target(), query.type(), documents, collection.size(), 0, hits));
    }

    private Step changed(Query query, CollectionState after, List<Document> documents, int updates, int hits) {
        boolean untouched = after.equals(state.collection(query.target()));
        return new Step(
                untouched ? state : state.with(query.target(), after),
                QueryResult.success(query.target(), query.type(), documents, after.size(), updates, hits));
    }

    private static List<Document> sorted(List<Document> documents, @Nullable Sort sort) {
        return sort == null ? documents : sort.apply(documents);
    }
}
