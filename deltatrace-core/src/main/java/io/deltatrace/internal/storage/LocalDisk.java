package io.deltatrace.internal.storage;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of this machine.
 *
 * <p>Files are read and written with {@link RandomAccessFile}, because a {@link FileChannel} is closed when the thread that
 * uses it is interrupted: an application that cancels a request would take the journal away from all others.
 */
final class LocalDisk implements Disk {

    private static final Logger LOG = LoggerFactory.getLogger(LocalDisk.class);

    @Override
    public Output append(Path file) throws IOException {
        create(file);
        RandomAccessFile opened = new RandomAccessFile(local(file), "rw");
        opened.seek(opened.length());
        return new Output() {
            @Override
            public void write(byte[] bytes) throws IOException {
                opened.write(bytes);
            }

            @Override
            public void force() throws IOException {
                opened.getFD().sync();
            }

            @Override
            public void close() throws IOException {
                opened.close();
            }
        };
    }

    /** Makes a file that nobody but its owner may read or write; one that is there stays as it is. */
    static void create(Path file) throws IOException {
        try {
            Files.createFile(file, ownerOnly(file, "rw-------"));
        } catch (FileAlreadyExistsException e) {
            // Written before; it goes on at its end.
        }
    }

    /** The permissions, on systems that have them: whatever is made has them from its first moment. */
    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public Input read(Path file) throws IOException {
        RandomAccessFile opened = openToRead(file);
        return new Input() {
            @Override
            public long length() throws IOException {
                return opened.length();
            }

            @Override
            public int read(long position, byte[] target) throws IOException {
                opened.seek(position);
                return opened.read(target);
            }

            @Override
            public void close() throws IOException {
                opened.close();
            }
        };
    }

    /** Its exception does not tell a file that is not there from one that may not be read. */
    private static RandomAccessFile openToRead(Path file) throws IOException {
        try {
            return new RandomAccessFile(local(file), "r");
        } catch (FileNotFoundException e) {
            if (Files.exists(file)) {
                throw e;
            }
            NoSuchFileException missing = new NoSuchFileException(file.toString());
            missing.initCause(e);
            throw missing;
        }
    }

    private static File local(Path file) throws IOException {
        try {
            return file.toFile();
        } catch (UnsupportedOperationException e) {
            throw new IOException(file + " is not on a file system of this machine", e);
        }
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(local(file), "rw")) {
            opened.setLength(length);
            opened.getFD().sync();
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        List<Path> parents = new ArrayList<>();
        for (Path missing = directory.toAbsolutePath(); !Files.isDirectory(missing); ) {
            Path parent = missing.getParent();
            if (parent == null) {
                break;
            }
            parents.add(parent);
            missing = parent;
        }
        Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
        for (Path parent : parents) {
            try {
                forceDirectory(parent);
            } catch (AccessDeniedException e) {
                // It may be written to but not read, so that it cannot be opened to be forced.
                LOG.debug("The names in {} cannot be forced to the disk", parent, e);
            }
        }
    }

    /** Some systems cannot open directories; there, renaming is all that can be done. */
    @Override
    public void forceDirectory(Path directory) throws IOException {
        if (File.separatorChar == '\\') {
            return;
        }
        boolean interrupted = false;
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    // The flag has to be down for another try; it is put up again at the end.
                    interrupted = Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
