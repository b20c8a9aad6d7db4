package io.deltatrace.internal.storage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk over real files that fails at a chosen operation, and that loses what was not forced when the power goes.
 *
 * <p>It counts what changes something: opening to append, writing, forcing, cutting, renaming, deleting and making
 * directories. Forcing is only noted, so that thousands of runs are quick.
 */
public final class FaultyDisk implements Disk {

    /** What every failure says. */
    public static final String MESSAGE = "The disk is on fire";

    private static final int SECTOR = 512;

    /** What happens at the chosen operation. */
    public enum Failure {
        /** It does nothing and fails; later ones work. */
        ONCE,
        /** It and all later ones do nothing and fail. */
        FROM_THEN_ON,
        /** A write, which alone is counted, writes a part and fails; later ones work. */
        PARTLY,
        /** A write, which alone is counted, writes a part and fails, and so do all later ones; the rest works. */
        NO_SPACE,
        /** It does what it should, and fails nevertheless; later ones work. */
        THOUGH_DONE,
        /** The power goes: a write may have been done in part, and nothing happens any more. */
        POWER_LOSS
    }

    private final Disk files = new LocalDisk();
    private Failure failure;
    private int at;

    /** How much of each file that was written here would survive. */
    private final SortedMap<Path, Long> forced = new TreeMap<>();

    /** What happened to names, by directory, since it was last forced. */
    private final List<Change> changes = new ArrayList<>();

    private int operations;
    private boolean dead;
    private boolean full;
    private @Nullable Path failedAt;

    /** A disk that fails at its n-th operation, from 1. */
    FaultyDisk(Failure failure, int at) {
        this.failure = failure;
        this.at = at;
    }

    /** A disk that works. */
    public static FaultyDisk sound() {
        return new FaultyDisk(Failure.ONCE, Integer.MAX_VALUE);
    }

    /** Lets the disk fail at its n-th operation from here, from 1. */
    public synchronized void failAt(Failure chosen, int operation) {
        failure = chosen;
        at = operations + operation;
        full = false;
        failedAt = null;
    }

    /**
     * Works again, as if a process began after another one had ended. What that one has not forced can still be lost, if it is
     * not lost already.
     */
    public synchronized void restart() {
        dead = false;
        full = false;
        failedAt = null;
        at = Integer.MAX_VALUE;
    }

    /** How many operations there were. */
    public synchronized int operations() {
        return operations;
    }

    /** What the chosen operation was about; null if it has not come yet. */
    public synchronized @Nullable Path failedAt() {
        return failedAt;
    }

    /** Lets nothing happen any more, as if the process had ended. */
    public synchronized void die() {
        dead = true;
    }

    /** Whether nothing can be written any more. */
    public synchronized boolean isFull() {
        return full;
    }

    /** Whether nothing happens any more. */
    public synchronized boolean isDead() {
        return dead;
    }

    private interface Action {
        void run() throws IOException;
    }

    /** A change of names, and how to take it back. */
    private record Change(Path directory, Action undo) {}

    private void perform(Path path, Action action) throws IOException {
        perform(path, action, null);
    }

    /** Carries out an operation, of which a part can be done where it is a write. */
    private synchronized void perform(Path path, Action action, @Nullable Action part) throws IOException {
        if (dead) {
            throw new IOException(MESSAGE);
        }
        if (full && part != null) {
            throw new IOException(MESSAGE);
        }
        boolean writesAlone = failure == Failure.PARTLY || failure == Failure.NO_SPACE;
        if (!writesAlone || part != null) {
            operations++;
        }
        if (operations != at || failedAt != null) {
            action.run();
            return;
        }
        failedAt = path;
        switch (failure) {
            case ONCE -> {}
            case FROM_THEN_ON -> dead = true;
            case PARTLY -> runIfThere(part);
            case NO_SPACE -> {
                runIfThere(part);
                full = true;
            }
            case THOUGH_DONE -> action.run();
            case POWER_LOSS -> {
                runIfThere(part);
                dead = true;
            }
        }
        throw new IOException(MESSAGE);
    }

    private static void runIfThere(@Nullable Action action) throws IOException {
        if (action != null) {
            action.run();
        }
    }

    @Override
    public Output append(Path file) throws IOException {
        perform(file, () -> open(file));
        Output opened = files.append(file);
        return new Output() {
            @Override
            public void write(byte[] bytes) throws IOException {
                perform(file, () -> opened.write(bytes), () -> {
                    byte[] part = new byte[bytes.length / 2];
                    System.arraycopy(bytes, 0, part, 0, part.length);
                    opened.write(part);
                });
            }

            @Override
            public void force() throws IOException {
                perform(file, () -> forced.put(file, Files.size(file)));
            }

            @Override
            public void close() throws IOException {
                opened.close();
            }
        };
    }

    private void open(Path file) throws IOException {
        boolean created = !Files.exists(file);
        files.append(file).close();
        // What was there before this disk was is taken to have survived until then.
        forced.putIfAbsent(file, Files.size(file));
        if (created) {
            changes.add(new Change(directoryOf(file), () -> remove(file)));
        }
    }

    private static Path directoryOf(Path file) {
        Path directory = file.getParent();
        if (directory == null) {
            throw new IllegalArgumentException(file + " is in no directory");
        }
        return directory;
    }

    private void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
        forced.remove(file);
    }

    @Override
    public Input read(Path file) throws IOException {
        return files.read(file);
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        perform(file, () -> {
            cut(file, length);
            forced.put(file, length);
        });
    }

    private static void cut(Path file, long length) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(length);
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        perform(to, () -> {
            Action restore = Files.exists(to) ? restoring(to) : () -> remove(to);
            Long length = forced.remove(from);
            files.rename(from, to);
            forced.put(to, length == null ? Files.size(to) : length);
            changes.add(new Change(directoryOf(to), () -> {
                if (Files.exists(to)) {
                    files.rename(to, from);
                    forced.put(from, forced.getOrDefault(to, 0L));
                }
                restore.run();
            }));
        });
    }

    private Action restoring(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        long length = forced.getOrDefault(file, (long) content.length);
        return () -> {
            Files.write(file, content);
            forced.put(file, length);
        };
    }

    @Override
    public void delete(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        perform(file, () -> {
            Action restore = restoring(file);
            remove(file);
            changes.add(new Change(directoryOf(file), restore));
        });
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            perform(directory, () -> Files.createDirectories(directory));
        }
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        perform(directory, () -> changes.removeIf(change -> change.directory().equals(directory)));
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return files.list(directory);
    }

    /**
     * Leaves on the real files what could be found after the power came back: of the changes of names in each directory the
     * first few, and of what was written to each file since it was forced some sectors, up to some length. Seeds that are close
     * together lead to things that are not.
     */
    public synchronized void losePower(long seed) {
        dead = true;
        // The first bits of a Random are nearly the same for all small seeds; those of a SplittableRandom are not.
        Random random = new Random(new SplittableRandom(seed).nextLong());
        try {
            undoNames(random);
            for (Map.Entry<Path, Long> file : forced.entrySet()) {
                if (Files.exists(file.getKey())) {
                    forget(file.getKey(), file.getValue(), random);
                }
            }
            forced.clear();
            changes.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void undoNames(Random random) throws IOException {
        Map<Path, Integer> counts = new LinkedHashMap<>();
        changes.forEach(change -> counts.merge(change.directory(), 1, Integer::sum));
        Map<Path, Integer> lost = new HashMap<>();
        counts.forEach((directory, count) -> lost.put(directory, random.nextInt(count + 1)));
        for (int i = changes.size() - 1; i >= 0; i--) {
            Change change = changes.get(i);
            int left = lost.getOrDefault(change.directory(), 0);
            if (left > 0) {
                lost.put(change.directory(), left - 1);
                change.undo().run();
            }
        }
    }

    private static void forget(Path file, long length, Random random) throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (content.length <= length) {
            return;
        }
        boolean holes = random.nextBoolean();
        boolean zeros = false;
        for (int i = (int) length; i < content.length; i++) {
            if (i == length || i % SECTOR == 0) {
                zeros = holes && random.nextBoolean();
            }
            content[i] = zeros ? 0 : content[i];
        }
        Files.write(file, content);
        if (random.nextBoolean()) {
            cut(file, length + random.nextInt((int) (content.length - length)));
        }
    }
}
