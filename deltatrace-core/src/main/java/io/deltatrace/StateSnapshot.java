package io.deltatrace;

import io.deltatrace.document.FieldCounter;
import io.deltatrace.document.FieldCounts;
import io.deltatrace.index.Plan;
import io.deltatrace.internal.engine.DatabaseState;
import io.deltatrace.internal.engine.Engine;
import io.deltatrace.json.Json;
import io.deltatrace.query.ReadQuery;
import io.deltatrace.result.QueryResult;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A snapshot is a state and the means to show it. */
record StateSnapshot(DatabaseState state, Json json) implements Snapshot {

    @Override
    public long revision() {
        return state.revision();
    }

    @Override
    public Instant committedAt() {
        return state.committedAt();
    }

    @Override
    public List<String> collections() {
        return state.names();
    }

    @Override
    public long size(String collection) {
        return state.size(collection);
    }

    @Override
    public Optional<CollectionStatistics> statistics(String collection) {
        if (!state.has(collection)) {
            return Optional.empty();
        }
        long[] bytes = {0};
        state.forEach(collection, document -> bytes[0] += document.estimatedBytes());
        return Optional.of(new CollectionStatistics(state.size(collection), state.serialNumber(collection), bytes[0]));
    }

    @Override
    public FieldCounts fieldCounts(String collection) {
        FieldCounter counter = new FieldCounter();
        state.forEach(collection, counter::count);
        return counter.counts();
    }

    @Override
    public QueryResult execute(ReadQuery query) {
        return Engine.read(state, query);
    }

    @Override
    public Plan explain(ReadQuery query) {
        return Engine.explain(state, query);
    }

    @Override
    public void exportTo(OutputStream target) {
        json.writeDatabase(state.contents(), target);
    }

    @Override
    public String hash() {
        return state.hash();
    }
}
