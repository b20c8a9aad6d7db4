package io.deltatrace.internal.storage;

import io.deltatrace.storage.DirectoryNotUsableException;
import io.deltatrace.storage.SalvageReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Makes a sound database of what is good in a damaged one. */
public final class Salvage {

    private static final int BUFFER = 1 << 20;

    private final Disk disk = new LocalDisk();
    private final Layout damaged;
    private final Layout target;

    private Salvage(Layout damaged, Layout target) {
        this.damaged = damaged;
        this.target = target;
    }

    /** See {@code DeltaTraceDatabase.salvage}. */
    public static SalvageReport run(Path damaged, Path target) {
        Layout to = new Layout(target.toAbsolutePath().normalize());
        try {
            return new Salvage(new Layout(damaged.toAbsolutePath().normalize()), to).run();
        } catch (IOException | UncheckedIOException e) {
            throw new DirectoryNotUsableException(to.directory(), "cannot be filled", e);
        }
    }

    private SalvageReport run() throws IOException {
        if (!disk.list(target.directory()).isEmpty()) {
            throw new DirectoryNotUsableException(target.directory(), "is not empty. Choose a new directory");
        }
        Survey survey = Survey.ofWhatCanBeReplayed(disk, damaged);
        Recovered good = survey.recovered();
        disk.createDirectories(target.journal());
        disk.createDirectories(target.snapshots());
        for (Segment part : good.segments().all()) {
            copy(part, target.segment(part.first()));
        }
        for (long revision : good.snapshots().revisions()) {
            disk.copy(damaged.snapshot(revision), target.snapshot(revision));
        }
        long leftOver = 0;
        for (Survey.Run run : survey.runs()) {
            if (good.segments().all().contains(run.parts().get(0))) {
                continue;
            }
            Path beside = target.directory().resolve("leftover");
            disk.createDirectories(beside);
            for (Segment part : run.parts()) {
                copy(
                        part,
                        unused(
                                beside,
                                target.segment(part.first()).getFileName().toString()));
            }
            leftOver += run.last() - run.first() + 1;
        }
        disk.forceDirectory(target.journal());
        disk.forceDirectory(target.snapshots());
        // Without it nobody takes the directory for a database, so that half a salvage is none.
        good.manifest().write(disk, target);
        try (FileCommitLog opened = FileCommitLog.open(target.directory(), StorageOptions.DEFAULT)) {
            return new SalvageReport(
                    opened.recovered().revision(),
                    good.segments().firstRevision(),
                    survey.lost(),
                    leftOver,
                    survey.problems());
        }
    }

    /** Two runs may tell of the same revisions in different ways. */
    private static Path unused(Path directory, String name) {
        Path file = directory.resolve(name);
        for (int i = 2; Files.exists(file); i++) {
            file = directory.resolve(i + "-" + name);
        }
        return file;
    }

    private void copy(Segment part, Path to) throws IOException {
        try (Disk.Output out = disk.append(to)) {
            if (part.last() >= part.first()) {
                copy(part, out);
            }
            out.force();
        }
    }

    private void copy(Segment part, Disk.Output out) throws IOException {
        try (Disk.Input in = disk.read(part.file())) {
            byte[] buffer = new byte[BUFFER];
            long position = part.index().placeBefore(part.first()).offset();
            byte last = '\n';
            while (position < part.index().end()) {
                int read =
                        (int) Math.min(in.read(position, buffer), part.index().end() - position);
                if (read <= 0) {
                    throw new IOException(part.file() + " has become shorter");
                }
                out.write(Arrays.copyOf(buffer, read));
                position += read;
                last = buffer[read - 1];
            }
            if (last != '\n') {
                out.write(new byte[] {'\n'});
            }
        }
    }
}
