package io.deltatrace.internal.storage;

import io.deltatrace.document.JsonFormatException;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.ReplayMismatchException;
import io.deltatrace.internal.engine.Chain;
import io.deltatrace.internal.engine.ChainedLine;
import io.deltatrace.internal.engine.DatabaseState;
import io.deltatrace.internal.engine.Engine;
import io.deltatrace.storage.JournalDamagedException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all files of a damaged database and finds out what is good: the runs of entries that follow each other without
 * a fault, and the stored states that fit them.
 */
final class Survey {

    private final Disk disk;
    private final Layout layout;
    private final Snapshots snapshots;
    private final List<Run> runs = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final MessageDigest digest = ChainedLine.digest();
    /** Of every entry that was read, a part of its hash. */
    private final Set<Long> known = new HashSet<>();

    /** The hashes of entries after which no run goes on. */
    private final Set<String> ends;

    private @Nullable Run current;
    private long first = Long.MAX_VALUE;
    private long last;
    private long unreadableAtTheEnd;

    private Survey(Disk disk, Layout layout, Set<String> ends) throws IOException {
        this.disk = disk;
        this.layout = layout;
        this.ends = ends;
        this.snapshots = Snapshots.in(disk, layout);
    }

    static Survey of(Disk disk, Layout layout) throws IOException {
        return of(disk, layout, Set.of());
    }

    /** A survey in which runs also end before an entry that does not do again what it did, so that the best one can be opened. */
    static Survey ofWhatCanBeReplayed(Disk disk, Layout layout) throws IOException {
        Set<String> ends = new HashSet<>();
        Survey survey = of(disk, layout, ends);
        for (String end = survey.endOfReplay(); end != null; end = survey.endOfReplay()) {
            ends.add(end);
            survey = of(disk, layout, ends);
        }
        return survey;
    }

    private static Survey of(Disk disk, Layout layout, Set<String> ends) throws IOException {
        Survey survey = new Survey(disk, layout, ends);
        survey.lookAtManifest();
        for (String name : disk.list(layout.journal())) {
            survey.lookAt(layout.journal().resolve(name), Layout.revisionOf(name, Layout.SEGMENT));
        }
        survey.join();
        survey.lookAtBothEnds();
        return survey;
    }

    /** Entries that follow each other, in parts of one file each. */
    record Run(List<Segment> parts) {

        long first() {
            return parts.get(0).first();
        }

        long last() {
            return lastPart().last();
        }

        Segment lastPart() {
            return parts.get(parts.size() - 1);
        }
    }

    private boolean goesOn(Run run, long revision, String previousHash) {
        return revision == run.last() + 1
                && previousHash.equals(run.lastPart().index().lastHash())
                && !ends.contains(previousHash);
    }

    List<Run> runs() {
        return runs;
    }

    List<String> problems() {
        return problems;
    }

    private void lookAtManifest() throws IOException {
        try {
            Manifest manifest = Manifest.read(disk, layout);
            if (manifest == null) {
                problems.add(layout.manifest() + ": the file is not there");
            } else {
                first = manifest.anchorRevision() + 1;
            }
        } catch (JournalDamagedException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    private void lookAt(Path file, long named) throws IOException {
        if (named == Layout.NONE) {
            problems.add(file + ": this file does not belong to the journal");
            return;
        }
        boolean partOpen = false;
        boolean again = false;
        long number = 0;
        try (Disk.Input in = disk.read(file)) {
            LineReader reader = new LineReader(in, 0, in.length());
            for (byte[] line = reader.next(); line != null; line = reader.next()) {
                number++;
                ChainedLine chained = ChainedLine.read(line, digest);
                HistoryEntry entry = chained == null ? null : entry(line);
                if (chained == null || entry == null) {
                    problems.add(file + ", line " + number + ": this is not an entry that was written");
                    // What a crash cuts off had not been acknowledged.
                    unreadableAtTheEnd += reader.isWhole() || SegmentScan.hasOtherEnd(line, digest) ? 1 : 0;
                    current = null;
                    continue;
                }
                Run run = current;
                if (run == null || !goesOn(run, chained.revision(), chained.previousHash())) {
                    partOpen = false;
                    boolean knownAlready = known.contains(shortened(chained));
                    if (!runs.isEmpty() && !(again && knownAlready)) {
                        String problem = ends.contains(chained.previousHash())
                                ? " does not do again what it did at first"
                                : " does not follow from revision "
                                        + (run == null ? runs.get(runs.size() - 1) : run).last();
                        problems.add(file + ", line " + number + ": revision " + chained.revision() + problem);
                    }
                    again = knownAlready;
                    if (knownAlready) {
                        continue;
                    }
                    run = runBefore(chained);
                    current = run;
                }
                known.add(shortened(chained));
                if (!partOpen) {
                    SegmentIndex index =
                            new SegmentIndex(chained.revision(), chained.previousHash(), reader.lineStart());
                    run.parts().add(new Segment(file, index, number - 1));
                    partOpen = true;
                }
                run.lastPart().index().add(entry, chained.hash(), line.length + (reader.isWhole() ? 1 : 0));
                unreadableAtTheEnd = 0;
            }
        }
    }

    private static long shortened(ChainedLine line) {
        return Long.parseUnsignedLong(line.hash().substring(0, 16), 16);
    }

    /** The run that an entry goes on, or a new one. */
    private Run runBefore(ChainedLine line) {
        for (Run run : runs) {
            if (goesOn(run, line.revision(), line.previousHash())) {
                return run;
            }
        }
        Run created = new Run(new ArrayList<>());
        runs.add(created);
        return created;
    }

    /** Puts runs together that follow from each other, but were found in another order. */
    private void join() {
        for (Run run : List.copyOf(runs)) {
            for (Run later = after(run); later != null && runs.contains(run); later = after(run)) {
                runs.remove(later);
                run.parts().addAll(later.parts());
            }
        }
    }

    private @Nullable Run after(Run run) {
        for (Run later : runs) {
            if (goesOn(run, later.first(), later.parts().get(0).index().previousHash())) {
                return later;
            }
        }
        return null;
    }

    private static @Nullable HistoryEntry entry(byte[] line) {
        try {
            return Chain.JSON.readEntry(line);
        } catch (JsonFormatException e) {
            return null;
        }
    }

    /** Finds out which entries there have been, and whether those at the beginning or the end are gone. */
    private void lookAtBothEnds() {
        long firstFound = Long.MAX_VALUE;
        for (Run run : runs) {
            firstFound = Math.min(firstFound, run.first());
            last = Math.max(last, run.last());
        }
        if (first < firstFound && !runs.isEmpty()) {
            problems.add(layout.journal() + ": revisions " + first + " to " + (firstFound - 1) + " are not there");
        }
        first = Math.min(first, firstFound);
        long lastFound = last;
        last += unreadableAtTheEnd;
        for (long revision : snapshots.revisions().tailSet(last, false)) {
            last = load(revision) == null ? last : revision;
        }
        if (last > lastFound + unreadableAtTheEnd) {
            problems.add(layout.journal() + ": it ends before revision " + last + ", of which there is a snapshot");
        }
    }

    /** How many entries are known to be gone or unreadable. */
    long lost() {
        Set<Long> read = new HashSet<>();
        for (Run run : runs) {
            for (long revision = run.first(); revision <= run.last(); revision++) {
                read.add(revision);
            }
        }
        return Math.max(0, last - first + 1) - read.size();
    }

    /**
     * What leads to the newest state that can be had.
     *
     * @throws JournalDamagedException if none can
     */
    Best best() {
        Best best = null;
        for (Run run : runs) {
            Best candidate = best(run);
            if (candidate != null && (best == null || candidate.revision() > best.revision())) {
                best = candidate;
            }
        }
        for (long revision : snapshots.revisions().descendingSet()) {
            if (best != null && best.revision() >= revision) {
                break;
            }
            Snapshots.Loaded loaded = load(revision);
            if (loaded != null) {
                best = new Best(new Run(List.of(Journal.created(layout, revision, loaded.head()))), loaded.state());
                break;
            }
        }
        if (best == null) {
            throw new JournalDamagedException(
                    layout.directory(),
                    0,
                    0,
                    "there is neither a good snapshot nor a journal from the start",
                    "Nothing leads to a state, but entries of the journal may be readable",
                    null);
        }
        return best;
    }

    /**
     * A state and the entries around it.
     *
     * @param run the entries, of which some may be older than the state
     * @param base the newest state that fits them
     */
    record Best(Run run, DatabaseState base) {

        long revision() {
            return run.last();
        }

        Manifest manifest() {
            return new Manifest(run.first() - 1, run.parts().get(0).index().previousHash());
        }
    }

    private @Nullable Best best(Run run) {
        Manifest anchor = new Best(run, DatabaseState.EMPTY).manifest();
        for (long revision : snapshots.revisions().headSet(run.last(), true).descendingSet()) {
            if (revision < anchor.anchorRevision()) {
                break;
            }
            Snapshots.Loaded loaded = load(revision);
            if (loaded != null
                    && loaded.head().equals(hashOf(run, anchor, revision))
                    && (revision == run.last() || !ends.contains(loaded.head()))) {
                return new Best(run, loaded.state());
            }
        }
        return anchor.equals(Manifest.NEW) && !ends.contains(anchor.anchorHash())
                ? new Best(run, DatabaseState.EMPTY)
                : null;
    }

    /** The hash before the first entry of the best run that does not do again what it did; null if all do. */
    private @Nullable String endOfReplay() throws IOException {
        Best best = best();
        DatabaseState state = best.base();
        try (JournalCursor cursor = new JournalCursor(segments(best.run()))) {
            while (state.revision() < best.run().last()) {
                HistoryEntry entry = cursor.entry(state.revision() + 1);
                try {
                    state = Engine.replay(state, entry);
                } catch (ReplayMismatchException e) {
                    return Objects.requireNonNull(entry.link()).previousHash();
                }
            }
        }
        return null;
    }

    private @Nullable String hashOf(Run run, Manifest anchor, long revision) {
        if (revision == anchor.anchorRevision()) {
            return anchor.anchorHash();
        }
        try (JournalCursor cursor = new JournalCursor(segments(run))) {
            return cursor.hashOf(revision);
        } catch (IOException e) {
            return null;
        }
    }

    private Segments segments(Run run) {
        Segments segments = new Segments(disk);
        run.parts().forEach(segments::add);
        return segments;
    }

    private Snapshots.@Nullable Loaded load(long revision) {
        try {
            return snapshots.read(revision);
        } catch (IOException e) {
            String problem = layout.snapshot(revision) + ": " + e.getMessage();
            if (!problems.contains(problem)) {
                problems.add(problem);
            }
            return null;
        }
    }

    private boolean fits(long revision, Run run, Manifest anchor) {
        if (revision < anchor.anchorRevision() || revision > run.last()) {
            return false;
        }
        Snapshots.Loaded loaded = load(revision);
        return loaded != null && loaded.head().equals(hashOf(run, anchor, revision));
    }

    /** The best of it, to be read. */
    Recovered recovered() {
        Best best = best();
        Manifest manifest = best.manifest();
        for (long revision : List.copyOf(snapshots.revisions())) {
            if (!fits(revision, best.run(), manifest)) {
                snapshots.forget(revision);
            }
        }
        return new Recovered(manifest, segments(best.run()), new IndexFiles(disk, layout), snapshots, best.base());
    }
}
