package io.deltatrace.cause;

/** What kind of actor something was done by. */
public enum ActorType {
    /** A person. */
    HUMAN("human"),
    /** A language model or another artificial agent. */
    AI("ai"),
    /** A program without discretion: a job, an import, a service. */
    SYSTEM("system");

    private final String wireName;

    ActorType(String wireName) {
        this.wireName = wireName;
    }

    /** The name in wire JSON. */
    public String wireName() {
        return wireName;
    }
}
