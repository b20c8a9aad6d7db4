package io.deltatrace.internal.engine;

import io.deltatrace.document.ForeignFailure;
import io.deltatrace.history.HistoryEntry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wants to know of changes to which collection, or of all commits. Thread-safe. Listeners belong to a collection's name,
 * not to its contents: they outlive an import, and a collection that is removed and created again.
 */
public final class Notifier {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    /** Per collection the listeners by key, in the order in which they were added; each inner map is replaced, not changed. */
    private final Map<String, Map<Object, Consumer<HistoryEntry>>> listeners = new ConcurrentHashMap<>();

    private final List<Consumer<HistoryEntry>> ofAllCommits = new CopyOnWriteArrayList<>();

    /** Adds a listener; one with an equal key on the same collection is replaced. */
    public void add(String collection, Object key, Consumer<HistoryEntry> listener) {
        listeners.merge(collection, Map.of(key, listener), (present, added) -> {
            Map<Object, Consumer<HistoryEntry>> merged = new LinkedHashMap<>(present);
            merged.putAll(added);
            return merged;
        });
    }

    /** Adds a listener of every commit. */
    public void add(Consumer<HistoryEntry> listener) {
        ofAllCommits.add(listener);
    }

    /** Removes a listener of every commit. */
    public void remove(Consumer<HistoryEntry> listener) {
        ofAllCommits.remove(listener);
    }

    /** Removes the listener with the key, if it is still this one. */
    public void remove(String collection, Object key, Consumer<HistoryEntry> listener) {
        listeners.computeIfPresent(collection, (name, present) -> without(present, key, listener));
    }

    private static @Nullable Map<Object, Consumer<HistoryEntry>> without(
            Map<Object, Consumer<HistoryEntry>> present, Object key, Consumer<HistoryEntry> listener) {
        Map<Object, Consumer<HistoryEntry>> remaining = new LinkedHashMap<>(present);
        remaining.remove(key, listener);
        return remaining.isEmpty() ? null : remaining;
    }

    /**
     * Tells the listeners of each collection once, and then those of all commits, on this thread. One that fails is logged, and
     * the others still run.
     */
    void notify(List<String> collections, HistoryEntry entry) {
        for (String collection : collections) {
            Collection<Consumer<HistoryEntry>> interested =
                    listeners.getOrDefault(collection, Map.of()).values();
            for (Consumer<HistoryEntry> listener : interested) {
                tell(listener, entry, collection);
            }
        }
        for (Consumer<HistoryEntry> listener : ofAllCommits) {
            tell(listener, entry, null);
        }
    }

    private static void tell(Consumer<HistoryEntry> listener, HistoryEntry entry, @Nullable String collection) {
        try {
            listener.accept(entry);
        } catch (Throwable e) {
            // The change is committed; throwing now would tell the caller that it is not.
            LOG.error(
                    "A listener of {} failed at revision {}",
                    collection == null ? "all commits" : "collection '" + collection + "'",
                    entry.revision(),
                    ForeignFailure.of(e));
        }
    }

    boolean isEmpty() {
        return listeners.isEmpty() && ofAllCommits.isEmpty();
    }
}
