package io.deltatrace.internal.engine;

import io.deltatrace.document.Document;
import io.deltatrace.document.Values;
import io.deltatrace.index.DuplicateKeysException;
import io.deltatrace.index.IndexStatus;
import io.deltatrace.json.StoredState;
import io.deltatrace.json.StoredState.StoredCollection;
import io.deltatrace.query.RestoreRequest;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The whole database at one moment: an immutable value that shares what did not change with the states before it.
 *
 * <p>The names are kept apart from the collections, as a document's shape is from its values: a write to a collection copies
 * one array of pointers, and only creating or removing a collection makes a new directory.
 */
public final class DatabaseState {

    /** The state before anything happened. */
    public static final DatabaseState EMPTY =
            new DatabaseState(0, Instant.EPOCH, DeclaredIndexes.NONE, Map.of(), new CollectionState[0]);

    private final long revision;
    private final Instant committedAt;
    private final DeclaredIndexes declared;
    private final Map<String, Integer> directory;
    private final CollectionState[] collections;

    private DatabaseState(
            long revision,
            Instant committedAt,
            DeclaredIndexes declared,
            Map<String, Integer> directory,
            CollectionState[] collections) {
        this.revision = revision;
        this.committedAt = committedAt;
        this.declared = declared;
        this.directory = directory;
        this.collections = collections;
    }

    /** The revision of the last entry, whatever became of it; 0 if there was none. */
    public long revision() {
        return revision;
    }

    /** When that was; the epoch if there was none. */
    public Instant committedAt() {
        return committedAt;
    }

    /** The names of the collections, in the order in which they were created. */
    public List<String> names() {
        return List.copyOf(directory.keySet());
    }

    /** The names of the collections of this state and of another one, each once. */
    Set<String> namesWith(DatabaseState other) {
        Set<String> names = new LinkedHashSet<>(directory.keySet());
        names.addAll(other.directory.keySet());
        return names;
    }

    /** Whether there is a collection of that name. */
    public boolean has(String name) {
        return directory.containsKey(name);
    }

    /** How many documents a collection has; 0 if it is not there. */
    public long size(String name) {
        return collection(name).size();
    }

    /** The next serial number of a collection; 0 if it is not there. */
    public long serialNumber(String name) {
        return collection(name).serial();
    }

    /** Takes the documents of a collection one after the other; none if it is not there. */
    public void forEach(String name, Consumer<Document> action) {
        collection(name).rows().forEach(action);
    }

    /** What a collection holds; nothing if it is not there. */
    public RestoreRequest.Contents contents(String name) {
        return collection(name).contents();
    }

    /** What all collections hold, by name, in the order in which they were created. */
    public Map<String, RestoreRequest.Contents> contents() {
        return contents(directory.keySet());
    }

    private Map<String, RestoreRequest.Contents> contents(Iterable<String> names) {
        Map<String, RestoreRequest.Contents> contents = new LinkedHashMap<>();
        names.forEach(name -> contents.put(name, contents(name)));
        return contents;
    }

    /** The names of the collections that were created, changed or removed after an earlier state. */
    public List<String> changedSince(DatabaseState earlier) {
        List<String> changed = new ArrayList<>();
        for (String name : directory.keySet()) {
            if (!earlier.has(name) || !collection(name).equals(earlier.collection(name))) {
                changed.add(name);
            }
        }
        for (String name : earlier.directory.keySet()) {
            if (!has(name)) {
                changed.add(name);
            }
        }
        return changed;
    }

    /**
     * The SHA-256 of all collections in the order of their names, as wire JSON, in hexadecimal. Equal histories lead to equal
     * hashes on every machine.
     */
    public String hash() {
        MessageDigest digest = ChainedLine.digest();
        Chain.JSON.writeDatabase(
                contents(new TreeSet<>(directory.keySet())),
                new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * This state as it is stored.
     *
     * @param head the hash of its last entry in the chain
     */
    public StoredState stored(String head) {
        Map<String, StoredCollection> stored = new LinkedHashMap<>();
        directory.forEach((name, slot) -> stored.put(name, collections[slot].stored()));
        return new StoredState(revision, committedAt, head, hash(), stored);
    }

    /**
     * The state that was stored.
     *
     * @throws IllegalArgumentException if it does not have the hash that it should have
     */
    public static DatabaseState of(StoredState stored) {
        Map<String, CollectionState> collections = new LinkedHashMap<>();
        stored.collections().forEach((name, collection) -> collections.put(name, CollectionState.of(collection)));
        DatabaseState state = of(stored.revision(), stored.committedAt(), DeclaredIndexes.NONE, collections);
        if (!state.hash().equals(stored.hash())) {
            throw new IllegalArgumentException("The stored state does not have the hash that it says it has");
        }
        return state;
    }

    /** The collection, or an empty one if it is not there. */
    CollectionState collection(String name) {
        Integer slot = directory.get(name);
        return slot == null ? CollectionState.absent(revision + 1, declared.of(name)) : collections[slot];
    }

    DatabaseState with(String name, CollectionState collection) {
        Integer slot = directory.get(name);
        if (slot == null) {
            return withAll(Map.of(name, collection));
        }
        CollectionState[] changed = collections.clone();
        changed[slot] = collection;
        return new DatabaseState(revision, committedAt, declared, directory, changed);
    }

    DatabaseState withAll(Map<String, CollectionState> changes) {
        Map<String, CollectionState> all = byName();
        changes.forEach((name, collection) -> all.put(Values.requireText(name), collection));
        return of(revision, committedAt, declared, all);
    }

    DatabaseState without(String name) {
        Map<String, CollectionState> remaining = byName();
        remaining.remove(name);
        return of(revision, committedAt, declared, remaining);
    }

    DatabaseState withoutAll() {
        return of(revision, committedAt, declared, Map.of());
    }

    /** The same collections with indexes, and those that will be created with theirs. */
    public DatabaseState indexedBy(DeclaredIndexes indexes) {
        if (indexes == declared) {
            return this;
        }
        Map<String, CollectionState> indexed = byName();
        indexed.replaceAll((name, collection) -> collection.indexedBy(indexes.of(name)));
        return of(revision, committedAt, indexes, indexed);
    }

    /** What the indexes of a collection hold. */
    public List<IndexStatus> indexes(String name) {
        return collection(name).indexes().all().stream().map(IndexState::status).toList();
    }

    /**
     * Refuses indexes that are said to be unique and are not.
     *
     * @throws DuplicateKeysException if there is one
     */
    public void requireUniqueKeys() {
        byName().forEach((name, collection) -> {
            IndexState index = collection.indexes().withDuplicates();
            if (index != null) {
                throw new DuplicateKeysException(name, index.declared(), index.duplicates());
            }
        });
    }

    private Map<String, CollectionState> byName() {
        Map<String, CollectionState> byName = new LinkedHashMap<>();
        directory.forEach((name, slot) -> byName.put(name, collections[slot]));
        return byName;
    }

    private static DatabaseState of(
            long revision, Instant committedAt, DeclaredIndexes declared, Map<String, CollectionState> byName) {
        Map<String, Integer> slots = new LinkedHashMap<>();
        byName.keySet().forEach(name -> slots.put(name, slots.size()));
        return new DatabaseState(
                revision, committedAt, declared, slots, byName.values().toArray(new CollectionState[0]));
    }

    /** The same collections after another entry. */
    public DatabaseState at(long newRevision, Instant when) {
        return new DatabaseState(newRevision, when, declared, directory, collections);
    }

    /** Whether both hold equal collections, whatever their revisions. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DatabaseState that && contents().equals(that.contents());
    }

    @Override
    public int hashCode() {
        return contents().hashCode();
    }
}
