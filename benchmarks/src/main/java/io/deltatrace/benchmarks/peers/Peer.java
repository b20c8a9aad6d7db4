package io.deltatrace.benchmarks.peers;

import java.util.function.Function;

/** Who is measured. */
public enum Peer {
    /** A list and maps: the limit. */
    PLAIN("plain", PlainStore::open),
    /** The same, with one copy per record in and out: the limit for a database whose callers cannot change its data. */
    COPIES("copies", indexed -> new CopyingStore(PlainStore.open(indexed))),
    /** DeltaTrace with documents in and out. */
    DOCUMENTS("DeltaTrace, documents", DeltaTraceStore::ofDocuments),
    /** DeltaTrace with objects in and out. */
    OBJECTS("DeltaTrace, objects", DeltaTraceStore::ofObjects),
    /** CQEngine on the heap. */
    CQENGINE("CQEngine", CqEngineStore::new),
    /** Nitrite in memory. */
    NITRITE("Nitrite", NitriteStore::new),
    /** H2 in memory over JDBC. */
    H2("H2", H2Store::open),
    /** Spring Data KeyValue over a map; its ids are always indexed, and nothing else ever. */
    KEY_VALUE("Spring Data KeyValue", indexed -> new KeyValueStore()),
    /** A list of maps and deep copies; without indexes, asked for or not. */
    MAPS("maps", indexed -> new MapsStore());

    private final String title;
    private final Function<Boolean, UserStore<?>> opening;

    Peer(String title, Function<Boolean, UserStore<?>> opening) {
        this.title = title;
        this.opening = opening;
    }

    /** The name in tables. */
    public String title() {
        return title;
    }

    /** An empty store, with an index on the id and an ordered one on the age if so asked. */
    @SuppressWarnings("unchecked") // what it holds is opaque to whoever measures
    public UserStore<Object> open(boolean indexed) {
        return (UserStore<Object>) opening.apply(indexed);
    }
}
