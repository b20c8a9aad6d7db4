package io.deltatrace.access;

/** What a query does to its collection. */
public enum QueryType {
    /** Appends documents. */
    ADD("add"),
    /** Sets fields in every document that meets a condition. */
    UPDATE("update"),
    /** Sets fields in the first document that meets a condition. */
    UPDATE_ONE("updateOne"),
    /** Removes every document that meets a condition. */
    DELETE("delete"),
    /** Removes the first document that meets a condition. */
    DELETE_ONE("deleteOne"),
    /** Finds documents. */
    SEARCH("search"),
    /** Finds the first document. */
    SEARCH_ONE("searchOne"),
    /** Reads all documents. */
    GET_ALL("getAll"),
    /** Gives every document the fields of a template, and no others. */
    CONFORM_TO_TEMPLATE("conformToTemplate"),
    /** Renames a field in every document. */
    RENAME_FIELD("renameField"),
    /** Counts documents. */
    COUNT("count"),
    /** Removes all documents. */
    CLEAR("clear"),
    /** Replaces all documents. */
    CLEAR_ADD("clearAdd"),
    /** Removes the collection. */
    REMOVE_COLLECTION("removeCollection"),
    /** Builds a collection from others. */
    MERGE("merge");

    private final String wireName;

    QueryType(String wireName) {
        this.wireName = wireName;
    }

    /** The name in wire JSON. */
    public String wireName() {
        return wireName;
    }
}
