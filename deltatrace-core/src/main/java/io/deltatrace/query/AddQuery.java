package io.deltatrace.query;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Document;
import io.deltatrace.document.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends documents to a collection, in place of those it has if so asked.
 *
 * @param target the collection, created if it is not there
 * @param documents in the order in which they are added
 * @param replacing whether the collection is cleared first
 * @param serialKey the top-level field, which every document must have, that gets the collection's next serial number; null
 *     for none
 * @param resetting whether serial numbers start again at 0; only when replacing
 * @param returning whether the result has the documents as they were added
 * @param mustAffectAtLeastOne whether it fails if it changes nothing
 * @param cause why it happens
 */
public record AddQuery(
        String target,
        List<Document> documents,
        boolean replacing,
        @Nullable String serialKey,
        boolean resetting,
        boolean returning,
        boolean mustAffectAtLeastOne,
        @Nullable Cause cause)
        implements WriteQuery {

    /** Copies the documents; rejects a reset of serial numbers beside documents that keep theirs. */
    public AddQuery {
        Values.requireText(target);
        Values.requireTextOrNull(serialKey);
        documents = List.copyOf(documents);
        if (resetting && !replacing) {
            throw new IllegalArgumentException("Serial numbers can start again only when the collection is cleared");
        }
    }

    @Override
    public QueryType type() {
        return replacing ? QueryType.CLEAR_ADD : QueryType.ADD;
    }

    /** This query, numbering the documents in a field that each of them has. */
    public AddQuery serialKey(String field) {
        return new AddQuery(target, documents, replacing, field, resetting, returning, mustAffectAtLeastOne, cause);
    }

    /** This query, starting the serial numbers again at 0; only when it replaces all documents. */
    public AddQuery resetSerial() {
        return new AddQuery(target, documents, replacing, serialKey, true, returning, mustAffectAtLeastOne, cause);
    }

    /** This query, with the added documents in its result. */
    public AddQuery returnData() {
        return new AddQuery(target, documents, replacing, serialKey, resetting, true, mustAffectAtLeastOne, cause);
    }

    @Override
    public AddQuery mayAffectNone() {
        return new AddQuery(target, documents, replacing, serialKey, resetting, returning, false, cause);
    }

    @Override
    public AddQuery because(Cause reason) {
        return new AddQuery(
                target, documents, replacing, serialKey, resetting, returning, mustAffectAtLeastOne, reason);
    }

    @Override
    public <R> R accept(QueryVisitor<R> visitor) {
        return visitor.add(this);
    }
}
