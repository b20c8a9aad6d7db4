package io.deltatrace.benchmarks;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.benchmarks.peers.Peer;
import io.deltatrace.benchmarks.peers.User;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Document;
import io.deltatrace.query.Query;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** To a JSON text in memory, and back: Jackson on objects (PLAIN) and on maps (MAPS), and DeltaTrace's export and import. */
@State(Scope.Benchmark)
public class JsonBenchmark extends MicrosecondsBenchmark {

    private static final int BYTES_PER_USER = 200;
    private static final TypeReference<List<User>> USERS = new TypeReference<>() {};
    private static final TypeReference<List<Map<String, Object>>> MAPS = new TypeReference<>() {};
    private static final Cause CAUSE = Cause.of(Actor.system("benchmark"), null, null);

    /** How many users there are. */
    @Param("100000")
    int users;

    /** Who writes and reads. */
    @Param({"PLAIN", "MAPS", "DOCUMENTS"})
    Peer peer;

    private final JsonMapper mapper = new JsonMapper();
    private final DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();
    private List<?> source = List.of();
    private byte[] json = {};

    /** Makes what is written, and what is read. */
    @Setup(Level.Trial)
    public void prepare() {
        List<User> all = User.inOrder(users);
        database.execute(Query.add("users", all)).orThrow();
        source = peer == Peer.MAPS ? mapsOf(all) : all;
        json = save();
        if (load() != users) {
            throw new IllegalStateException("What was saved cannot be loaded");
        }
    }

    private static List<Map<String, Object>> mapsOf(List<User> all) {
        List<Map<String, Object>> maps = new ArrayList<>();
        for (User user : all) {
            Map<String, Object> map = new LinkedHashMap<>(Document.of(user).asMap());
            map.put("nested", user.nested());
            maps.add(map);
        }
        return maps;
    }

    @TearDown(Level.Trial)
    public void close() {
        database.close();
    }

    @Benchmark
    public byte[] save() {
        ByteArrayOutputStream target = new ByteArrayOutputStream(users * BYTES_PER_USER);
        if (peer == Peer.DOCUMENTS) {
            database.exportTo(target);
        } else {
            mapper.writeValue(target, source);
        }
        return target.toByteArray();
    }

    @Benchmark
    public long load() {
        if (peer == Peer.DOCUMENTS) {
            try (DeltaTraceDatabase loaded = DeltaTraceDatabase.inMemory()) {
                loaded.importFrom(new ByteArrayInputStream(json), CAUSE);
                return loaded.snapshot().size("users");
            }
        }
        List<?> loaded = peer == Peer.MAPS ? mapper.readValue(json, MAPS) : mapper.readValue(json, USERS);
        return loaded.size();
    }
}
