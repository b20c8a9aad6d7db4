package io.deltatrace.internal.storage;

import io.deltatrace.document.JsonFormatException;
import io.deltatrace.internal.engine.Chain;
import io.deltatrace.internal.engine.DatabaseState;
import io.deltatrace.json.StoredState;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The states that are stored in files, by revision. Thread-safe; one thread at a time writes or deletes. */
final class Snapshots {

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final int BUFFER = 64 * 1024;

    private final Disk disk;
    private final Layout layout;

    /** The sizes of the files by revision. */
    private final ConcurrentSkipListMap<Long, Long> sizes = new ConcurrentSkipListMap<>();

    private Snapshots(Disk disk, Layout layout) {
        this.disk = disk;
        this.layout = layout;
    }

    /** Those that are there; files with other names are not looked at. */
    static Snapshots in(Disk disk, Layout layout) throws IOException {
        Snapshots snapshots = new Snapshots(disk, layout);
        for (String name : disk.list(layout.snapshots())) {
            long revision = Layout.revisionOf(name, Layout.SNAPSHOT);
            if (revision != Layout.NONE) {
                try (Disk.Input in = disk.read(layout.snapshot(revision))) {
                    snapshots.sizes.put(revision, in.length());
                }
            }
        }
        return snapshots;
    }

    NavigableSet<Long> revisions() {
        return sizes.keySet();
    }

    /** How large all files are together. */
    long bytes() {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    long sizeOf(long revision) {
        return sizes.getOrDefault(revision, 0L);
    }

    /**
     * Stores a state. The file is there wholly or not at all, whatever happens meanwhile.
     *
     * @param head the hash of its last entry, which must be durable already
     */
    void write(DatabaseState state, String head) throws IOException {
        Path target = layout.snapshot(state.revision());
        Path temporary = target.resolveSibling(target.getFileName() + Layout.TEMPORARY);
        disk.createDirectories(layout.snapshots());
        disk.delete(temporary);
        long size;
        try {
            size = write(state, head, temporary);
        } catch (IOException e) {
            deleteQuietly(temporary);
            throw e;
        }
        disk.rename(temporary, target);
        disk.forceDirectory(layout.snapshots());
        sizes.put(state.revision(), size);
    }

    /** On a full disk, what it takes is what the journal needs. */
    private void deleteQuietly(Path temporary) {
        try {
            disk.delete(temporary);
        } catch (IOException e) {
            LOG.debug("{} could not be deleted; the next start will try again", temporary, e);
        }
    }

    private long write(DatabaseState state, String head, Path temporary) throws IOException {
        try (Disk.Output file = disk.append(temporary)) {
            Counting counting = new Counting(file);
            Chain.JSON.writeState(
                    state.stored(head), new GZIPOutputStream(new BufferedOutputStream(counting, BUFFER), BUFFER));
            file.force();
            return counting.count;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * A stored state.
     *
     * @throws IOException if it cannot be read, or is not what it says it is
     */
    Loaded read(long revision) throws IOException {
        try (Disk.Input file = disk.read(layout.snapshot(revision));
                InputStream in = new GZIPInputStream(new BufferedInputStream(new Reading(file), BUFFER), BUFFER)) {
            StoredState stored = Chain.JSON.readState(in);
            if (stored.revision() != revision) {
                throw new IOException("It says that it is of revision " + stored.revision());
            }
            return new Loaded(DatabaseState.of(stored), stored.head(), stored.hash());
        } catch (JsonFormatException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * A state that was stored.
     *
     * @param head the hash of its last entry in the chain
     * @param hash its own hash
     */
    record Loaded(DatabaseState state, String head, String hash) {}

    /** Behaves from now on as if the file were not there. */
    void forget(long revision) {
        sizes.remove(revision);
    }

    void delete(long revision) throws IOException {
        sizes.remove(revision);
        disk.delete(layout.snapshot(revision));
    }

    /**
     * Deletes those between others that are close together anyway, such as those of a process that is often started and
     * stopped. The oldest and the newest two always stay.
     *
     * @param distance how many revisions apart the neighbours of a deleted one may be
     */
    void thin(long distance) throws IOException {
        NavigableMap<Long, Long> all = new TreeMap<>(sizes);
        if (all.size() <= 3) {
            return;
        }
        long newestButOne = all.lowerKey(all.lastKey());
        long kept = all.firstKey();
        for (long revision : all.subMap(kept, false, newestButOne, false).keySet()) {
            Map.Entry<Long, Long> next = all.higherEntry(revision);
            if (next.getKey() - kept <= distance) {
                delete(revision);
            } else {
                kept = revision;
            }
        }
    }

    /** Writes to a file, and counts. */
    private static final class Counting extends OutputStream {

        private final Disk.Output file;
        private long count;

        Counting(Disk.Output file) {
            this.file = file;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            file.write(Arrays.copyOfRange(bytes, offset, offset + length));
            count += length;
        }
    }

    /** Reads a file from its beginning. */
    private static final class Reading extends InputStream {

        private final Disk.Input file;
        private long position;

        Reading(Disk.Input file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            byte[] bytes = new byte[length];
            int read = file.read(position, bytes);
            if (read > 0) {
                System.arraycopy(bytes, 0, target, offset, read);
                position += read;
            }
            return read;
        }
    }
}
