package io.deltatrace.internal.storage;

import io.deltatrace.document.Document;
import io.deltatrace.document.JsonFormatException;
import io.deltatrace.internal.engine.Chain;
import io.deltatrace.storage.JournalDamagedException;
import io.deltatrace.storage.NewerFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says of which format a directory is, and where its journal begins: older entries may have been given up.
 *
 * @param anchorRevision the entry before the first one of the journal; 0 if nothing was given up
 * @param anchorHash its hash
 */
record Manifest(long anchorRevision, String anchorHash) {

    static final long FORMAT = 1;

    static final Manifest NEW = new Manifest(0, Chain.START);

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /**
     * The manifest of a directory; null if it has none.
     *
     * @throws NewerFormatException if this version does not understand the format
     * @throws JournalDamagedException if it cannot be read
     */
    static @Nullable Manifest read(Disk disk, Layout layout) throws IOException {
        Document content;
        try (Disk.Input in = disk.read(layout.manifest())) {
            byte[] bytes = new byte[(int) Math.min(in.length(), Document.MAX_SIZE)];
            int read = in.read(0, bytes);
            content = Document.parse(new String(bytes, 0, Math.max(0, read), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return null;
        } catch (JsonFormatException e) {
            throw damaged(layout, "it cannot be read", e);
        }
        if (!(content.get("format") instanceof Long format) || format < 1) {
            throw damaged(layout, "it does not say which format the directory has", null);
        }
        if (format > FORMAT) {
            throw new NewerFormatException(layout.directory(), format, FORMAT);
        }
        if (!(content.get("anchorRevision") instanceof Long revision)
                || !(content.get("anchorHash") instanceof String hash)
                || revision < 0
                || !HASH.matcher(hash).matches()) {
            throw damaged(layout, "it does not say where the journal begins", null);
        }
        return new Manifest(revision, hash);
    }

    private static JournalDamagedException damaged(Layout layout, String problem, @Nullable Throwable cause) {
        return new JournalDamagedException(layout.manifest(), 0, 0, problem, "The journal itself may be good", cause);
    }

    /** What a manifest is written to before it is put in place. */
    static Path temporary(Layout layout) {
        return layout.directory().resolve(layout.manifest().getFileName() + Layout.TEMPORARY);
    }

    void write(Disk disk, Layout layout) throws IOException {
        Path temporary = temporary(layout);
        disk.delete(temporary);
        try (Disk.Output out = disk.append(temporary)) {
            out.write((Document.builder()
                                    .put("format", FORMAT)
                                    .put("anchorRevision", anchorRevision)
                                    .put("anchorHash", anchorHash)
                                    .build()
                            + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.force();
        }
        disk.rename(temporary, layout.manifest());
        disk.forceDirectory(layout.directory());
    }
}
