package io.deltatrace.history;

/** What happened to a document or a field between two moments. */
public enum ChangeKind {
    /** It was not there before. */
    ADDED,
    /** It is not there any more. */
    REMOVED,
    /** It is another one. */
    CHANGED
}
