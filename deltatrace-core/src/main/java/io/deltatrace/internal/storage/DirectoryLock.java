package io.deltatrace.internal.storage;

import io.deltatrace.storage.DirectoryLockedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps others from opening a directory while it is open, and tells them who has it. The operating system gives the lock back
 * when the process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);
    private static final int MOST_TEXT = 1_000;

    /** What this process holds. On POSIX, closing a file gives back all locks on it, so it must not even be opened again. */
    private static final ConcurrentMap<Path, String> HELD = new ConcurrentHashMap<>();

    /** Files that must stay open, because another class loader of this process has locked them. */
    private static final Queue<RandomAccessFile> LEFT_OPEN = new ConcurrentLinkedQueue<>();

    private final Path file;
    private final RandomAccessFile opened;
    private final FileLock lock;

    private DirectoryLock(Path file, RandomAccessFile opened, FileLock lock) {
        this.file = file;
        this.opened = opened;
        this.lock = lock;
    }

    /**
     * Locks the directory.
     *
     * @throws DirectoryLockedException if somebody else has
     */
    static DirectoryLock acquire(Layout layout) throws IOException {
        Path file = layout.directory().toRealPath().resolve(layout.lock().getFileName());
        String holder = "process " + ProcessHandle.current().pid() + " since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String other = HELD.putIfAbsent(file, holder);
        if (other != null) {
            throw new DirectoryLockedException(layout.directory(), "this " + other);
        }
        boolean locked = false;
        try {
            DirectoryLock acquired = acquire(layout, file, holder);
            locked = true;
            return acquired;
        } finally {
            if (!locked) {
                HELD.remove(file);
            }
        }
    }

    private static DirectoryLock acquire(Layout layout, Path file, String holder) throws IOException {
        LocalDisk.create(file);
        RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
        FileLock lock;
        try {
            // A byte far behind the text, which some systems do not let others read once it is locked.
            lock = opened.getChannel().tryLock(Long.MAX_VALUE - 1, 1, false);
        } catch (OverlappingFileLockException e) {
            LEFT_OPEN.add(opened);
            throw new DirectoryLockedException(layout.directory(), "this process, through another class loader");
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        if (lock == null) {
            byte[] text = new byte[MOST_TEXT];
            int length = opened.read(text);
            opened.close();
            throw new DirectoryLockedException(
                    layout.directory(),
                    length <= 0 ? "another process" : new String(text, 0, length, StandardCharsets.UTF_8).strip());
        }
        opened.setLength(0);
        opened.write((holder + "\n").getBytes(StandardCharsets.UTF_8));
        return new DirectoryLock(file, opened, lock);
    }

    /** Where this fails, the end of the process will do it. */
    @Override
    public void close() {
        try {
            lock.release();
            opened.close();
        } catch (IOException e) {
            LOG.warn("The directory could not be unlocked; the end of the process will", e);
        } finally {
            HELD.remove(file);
        }
    }
}
