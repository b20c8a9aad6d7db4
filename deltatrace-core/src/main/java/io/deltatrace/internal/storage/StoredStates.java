package io.deltatrace.internal.storage;

import io.deltatrace.history.HistoryEntry;
import io.deltatrace.internal.engine.DatabaseState;
import io.deltatrace.internal.engine.DeclaredIndexes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The past states that can be had from files without applying entries, with their indexes. Thread-safe. */
final class StoredStates {

    private static final Logger LOG = LoggerFactory.getLogger(StoredStates.class);

    private static final String ANOTHER_HISTORY = "another history";

    private final Layout layout;
    private final Segments segments;
    private final Snapshots snapshots;
    private final DeclaredIndexes indexes;
    private final DatabaseState empty;
    private volatile Manifest manifest;
    private volatile SoftReference<DatabaseState> remembered;

    StoredStates(Layout layout, Recovered recovered, DeclaredIndexes indexes) {
        this.layout = layout;
        this.indexes = indexes;
        this.empty = DatabaseState.EMPTY.indexedBy(indexes);
        this.remembered = new SoftReference<>(empty);
        this.segments = recovered.segments();
        this.snapshots = recovered.snapshots();
        this.manifest = recovered.manifest();
    }

    /** Where the journal begins. */
    Manifest manifest() {
        return manifest;
    }

    /** Takes note that older entries were given up. */
    void beginWith(Manifest begin) {
        manifest = begin;
    }

    /** The oldest revision of which there is a state; null if there is none. */
    @Nullable
    Long oldest() {
        return manifest.anchorRevision() == 0
                ? Long.valueOf(0)
                : snapshots.revisions().ceiling(manifest.anchorRevision());
    }

    /** Remembers a state: whoever asks for a past one most often asks for the one after it next. */
    void remember(DatabaseState state) {
        remembered = new SoftReference<>(state);
    }

    /** The newest known state at or before a revision; null if there is none. */
    @Nullable
    DatabaseState before(long revision) {
        // Read once: history may be given up meanwhile.
        long begin = manifest.anchorRevision();
        if (revision < begin) {
            return null;
        }
        DatabaseState known = remembered.get();
        if (known == null || known.revision() > revision || known.revision() < begin) {
            known = empty;
        }
        for (long stored :
                snapshots.revisions().subSet(begin, true, revision, true).descendingSet()) {
            if (known.revision() >= stored) {
                return known;
            }
            Snapshots.Loaded loaded = load(stored);
            if (loaded != null) {
                return loaded.state().indexedBy(indexes);
            }
        }
        return known.revision() > 0 || begin == 0 ? known : null;
    }

    /** A stored state, if it is good and of this history; one that is not is not looked at again. */
    private Snapshots.@Nullable Loaded load(long revision) {
        try {
            Snapshots.Loaded loaded = snapshots.read(revision);
            if (loaded.head().equals(hashOf(revision))) {
                return loaded;
            }
            LOG.warn("{} belongs to another history; an older one is used", layout.snapshot(revision));
        } catch (IOException e) {
            // Unless it was given up just now.
            if (snapshots.revisions().contains(revision)) {
                LOG.warn("{} cannot be used; an older one is", layout.snapshot(revision), e);
            }
        }
        snapshots.forget(revision);
        return null;
    }

    /** The hash of an entry in the chain. */
    String hashOf(long revision) {
        Manifest anchor = manifest;
        if (revision == anchor.anchorRevision()) {
            return anchor.anchorHash();
        }
        try (JournalCursor cursor = new JournalCursor(segments)) {
            HistoryEntry.Link link = cursor.entry(revision).link();
            return Objects.requireNonNull(link).hash();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hashes that the stored states have, by revision; one of another history has none that any state has. */
    SortedMap<Long, String> hashes() {
        SortedMap<Long, String> hashes = new TreeMap<>();
        for (long revision : snapshots.revisions().tailSet(manifest.anchorRevision(), true)) {
            try {
                Snapshots.Loaded loaded = snapshots.read(revision);
                hashes.put(revision, loaded.head().equals(hashOf(revision)) ? loaded.hash() : ANOTHER_HISTORY);
            } catch (IOException e) {
                LOG.warn("{} cannot be read, and is not compared", layout.snapshot(revision), e);
            }
        }
        return hashes;
    }
}
