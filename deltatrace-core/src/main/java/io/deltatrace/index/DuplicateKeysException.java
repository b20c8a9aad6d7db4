package io.deltatrace.index;

/**
 * Says that an index cannot be unique: the collection has documents with the same value already. Open the database without that
 * index and change them, or declare an index that is not unique.
 */
public final class DuplicateKeysException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String collection;
    private final String field;
    private final long duplicates;

    /** For an index of a collection. */
    public DuplicateKeysException(String collection, Index index, long duplicates) {
        super("The index " + index + " of '" + collection + "' cannot be unique: " + duplicates
                + (duplicates == 1 ? " document has" : " documents have") + " a value that an earlier one has."
                + " Open the database without that index and change them, or declare an index that is not unique");
        this.collection = collection;
        this.field = index.field().toString();
        this.duplicates = duplicates;
    }

    /** The name of the collection. */
    public String collection() {
        return collection;
    }

    /** The dotted path of the index. */
    public String field() {
        return field;
    }

    /** How many documents have a value that an earlier one has. */
    public long duplicates() {
        return duplicates;
    }
}
