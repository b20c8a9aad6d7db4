package io.deltatrace.internal.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the indexes of segments, so that opening need not read the whole journal entry by entry. They can be made again from
 * it at any time, and are, whenever one is missing or does not fit.
 *
 * <p>An index file also has a checksum of the segment as far as it goes (CRC-32C, Castagnoli 1993), by which opening finds
 * accidental damage at the speed of reading. Against intent there is the chain of hashes.
 */
final class IndexFiles {

    private static final Logger LOG = LoggerFactory.getLogger(IndexFiles.class);
    private static final int FORMAT = 1;
    private static final int BUFFER = 1 << 20;

    private final Disk disk;
    private final Layout layout;

    IndexFiles(Disk disk, Layout layout) {
        this.disk = disk;
        this.layout = layout;
    }

    /** Stores an index; that it fails is no harm. */
    void write(Segment segment) {
        Path target = layout.index(segment.first());
        Path temporary = target.resolveSibling(target.getFileName() + Layout.TEMPORARY);
        try {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(content);
            ByteArrayOutputStream index = new ByteArrayOutputStream();
            segment.index().writeTo(new DataOutputStream(index));
            // The segment may have grown meanwhile; what was written says how far it goes.
            long end = SegmentIndex.readFrom(dataIn(index.toByteArray())).end();
            out.writeInt(FORMAT);
            out.writeInt(checksum(segment.file(), end));
            out.write(index.toByteArray());
            CRC32C own = new CRC32C();
            own.update(content.toByteArray());
            out.writeInt((int) own.getValue());
            disk.createDirectories(layout.indexes());
            disk.delete(temporary);
            try (Disk.Output file = disk.append(temporary)) {
                file.write(content.toByteArray());
            }
            disk.rename(temporary, target);
        } catch (IOException e) {
            LOG.warn("The index of {} could not be stored; opening will take longer", segment.file(), e);
        }
    }

    /**
     * The stored index of a segment; null if there is none that fits.
     *
     * @param check whether to compare the segment with its checksum; one that does not fit has no index then
     */
    @Nullable
    SegmentIndex read(long first, boolean check) {
        try (Disk.Input file = disk.read(layout.index(first))) {
            byte[] content = new byte[Math.toIntExact(file.length())];
            if (file.read(0, content) < content.length || content.length < 3 * Integer.BYTES) {
                return null;
            }
            CRC32C own = new CRC32C();
            own.update(content, 0, content.length - Integer.BYTES);
            DataInputStream in = dataIn(content);
            if (ByteBuffer.wrap(content).getInt(content.length - Integer.BYTES) != (int) own.getValue()
                    || in.readInt() != FORMAT) {
                return null;
            }
            int checksum = in.readInt();
            SegmentIndex index = SegmentIndex.readFrom(in);
            boolean fits = index.first() == first
                    && length(layout.segment(first)) >= index.end()
                    && (!check || checksum(layout.segment(first), index.end()) == checksum);
            return fits ? index : null;
        } catch (IOException | RuntimeException e) {
            LOG.debug("There is no index of segment {}", first, e);
            return null;
        }
    }

    void delete(long first) throws IOException {
        disk.delete(layout.index(first));
    }

    private long length(Path file) throws IOException {
        try (Disk.Input in = disk.read(file)) {
            return in.length();
        }
    }

    private int checksum(Path file, long end) throws IOException {
        CRC32C checksum = new CRC32C();
        byte[] buffer = new byte[BUFFER];
        try (Disk.Input in = disk.read(file)) {
            for (long position = 0; position < end; ) {
                int read = in.read(position, buffer);
                if (read < 0) {
                    throw new IOException(file + " is shorter than its index says");
                }
                int counted = (int) Math.min(read, end - position);
                checksum.update(buffer, 0, counted);
                position += counted;
            }
        }
        return (int) checksum.getValue();
    }

    private static DataInputStream dataIn(byte[] content) {
        return new DataInputStream(new ByteArrayInputStream(Arrays.copyOf(content, content.length)));
    }
}
