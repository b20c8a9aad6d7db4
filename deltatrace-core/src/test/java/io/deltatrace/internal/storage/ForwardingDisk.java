package io.deltatrace.internal.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Passes everything on, for tests that change a part of it. */
class ForwardingDisk implements Disk {

    private final Disk target;

    ForwardingDisk(Disk target) {
        this.target = target;
    }

    /** Forces a file; this is where tests wait, count and fail. */
    void force(Path file, Output output) throws IOException {
        output.force();
    }

    @Override
    public Output append(Path file) throws IOException {
        Output output = target.append(file);
        return new Output() {
            @Override
            public void write(byte[] bytes) throws IOException {
                output.write(bytes);
            }

            @Override
            public void force() throws IOException {
                ForwardingDisk.this.force(file, output);
            }

            @Override
            public void close() throws IOException {
                output.close();
            }
        };
    }

    @Override
    public Input read(Path file) throws IOException {
        return target.read(file);
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        target.truncate(file, length);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        target.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        target.delete(file);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        target.createDirectories(directory);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        target.forceDirectory(directory);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return target.list(directory);
    }
}
