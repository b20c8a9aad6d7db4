package io.deltatrace.history;

/** How something is reverted or undone. */
public enum RevertOption {
    /** Only tell what would change. */
    DRY_RUN,
    /** Undo even where later entries changed the same documents; what they made of them is lost from the current state. */
    FORCE
}
