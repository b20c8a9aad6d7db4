package io.deltatrace.storage;

/** What a write has survived when it returns. Whatever is chosen, the end of the process alone loses nothing. */
public enum Durability {
    /** The loss of power: each write waits until it is forced to the disk, together with the others that wait. */
    ALWAYS,
    /** The end of the process; the loss of power costs at most what was written in the last interval. */
    INTERVAL,
    /** The end of the process; the loss of power costs what the operating system had not written yet. */
    OS
}
