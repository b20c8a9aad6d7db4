package io.deltatrace.internal.engine;

import io.deltatrace.document.FieldPath;
import io.deltatrace.document.Values;
import io.deltatrace.index.Index;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of one version of a collection. Immutable; they share with the version before what has not changed.
 *
 * <p>Whatever a write does, it leads from rows to other rows. The indexes follow by comparing the two, which takes time with
 * what changed; so no write can forget them.
 */
final class CollectionIndexes {

    static final CollectionIndexes NONE = of(List.of());

    private final List<IndexState> indexes;

    private CollectionIndexes(List<IndexState> indexes) {
        this.indexes = indexes;
    }

    /** Declared indexes of a collection without documents. */
    static CollectionIndexes of(List<Index> declared) {
        return new CollectionIndexes(declared.stream().map(IndexState::new).toList());
    }

    List<IndexState> all() {
        return indexes;
    }

    /** The indexes of the rows that come after those that these are of. */
    CollectionIndexes following(Rows before, Rows after) {
        if (before == after || indexes.isEmpty()) {
            return this;
        }
        if (after.size() == 0) {
            return new CollectionIndexes(
                    indexes.stream().map(IndexState::cleared).toList());
        }
        List<List<KeyChange>> changes = new ArrayList<>();
        indexes.forEach(index -> changes.add(new ArrayList<>()));
        before.differences(after, (row, old, now) -> {
            for (int i = 0; i < changes.size(); i++) {
                IndexState index = indexes.get(i);
                Object was = old == null ? null : index.field().read(old);
                Object is = now == null ? null : index.field().read(now);
                if (old != null && now != null && Values.equal(was, is)) {
                    continue;
                }
                if (old != null) {
                    changes.get(i).add(new KeyChange(index.code(was), was, row, true));
                }
                if (now != null) {
                    changes.get(i).add(new KeyChange(index.code(is), is, row, false));
                }
            }
        });
        List<IndexState> changed = new ArrayList<>(indexes.size());
        for (int i = 0; i < indexes.size(); i++) {
            changed.add(indexes.get(i).edited(changes.get(i)));
        }
        return new CollectionIndexes(changed);
    }

    /** An index that finds documents by the value of a field; null if there is none. */
    @Nullable
    IndexState on(FieldPath field) {
        IndexState found = null;
        for (IndexState index : indexes) {
            if (index.field().equals(field) && (found == null || found.isOrdered())) {
                found = index;
            }
        }
        return found;
    }

    /** An index that has the values of a field in order; null if there is none. */
    @Nullable
    IndexState orderedOn(FieldPath field) {
        for (IndexState index : indexes) {
            if (index.isOrdered() && index.field().equals(field)) {
                return index;
            }
        }
        return null;
    }

    /** A unique index that has a value twice; null if there is none. */
    @Nullable
    IndexState withDuplicates() {
        for (IndexState index : indexes) {
            if (index.duplicates() > 0) {
                return index;
            }
        }
        return null;
    }
}
