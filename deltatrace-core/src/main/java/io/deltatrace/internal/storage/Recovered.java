package io.deltatrace.internal.storage;

import io.deltatrace.internal.engine.Chain;
import io.deltatrace.internal.engine.DatabaseState;

/**
 * What the files of a database say.
 *
 * @param manifest where its journal begins
 * @param segments the journal
 * @param indexes the stored indexes of the journal
 * @param snapshots the stored states
 * @param base the newest stored state that is good; the entries after it are to be applied to it
 */
record Recovered(Manifest manifest, Segments segments, IndexFiles indexes, Snapshots snapshots, DatabaseState base) {

    /** The end of the chain. */
    Chain chain() {
        return new Chain(segments.newest().index().lastHash());
    }
}
