package io.deltatrace.benchmarks;

import io.deltatrace.benchmarks.peers.Peer;
import io.deltatrace.benchmarks.peers.User;
import io.deltatrace.benchmarks.peers.UserStore;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * How many bytes of heap a record takes in a peer's store: what is in use after a collection of garbage, less what was before
 * there was anything, divided by the number of records. Takes a peer, whether it has indexes, and the number of records;
 * prints the bytes. To be run with {@link #OPTIONS}: the serial collector knows exactly what is in use, if threads do not
 * reserve megabytes of it for what they will allocate.
 */
final class HeapPerRecord {

    static final List<String> OPTIONS = List.of("-Xms2g", "-Xmx2g", "-XX:+UseSerialGC", "-XX:-UseTLAB");

    /** The serial collector compacts wholly each fourth time only. */
    private static final int COLLECTIONS = 8;

    private HeapPerRecord() {}

    public static void main(String[] arguments) {
        Peer peer = Peer.valueOf(arguments[0]);
        boolean indexed = Boolean.parseBoolean(arguments[1]);
        int users = Integer.parseInt(arguments[2]);
        filled(peer, indexed, 1).close(); // classes are loaded, and their constants made
        long before = used();
        try (UserStore<Object> store = filled(peer, indexed, users)) {
            System.out.println((used() - before) / users);
            if (store.all().size() != users) {
                throw new IllegalStateException("Not all of them are there");
            }
        }
    }

    private static UserStore<Object> filled(Peer peer, boolean indexed, int users) {
        UserStore<Object> store = peer.open(indexed);
        List<Object> records = User.inOrder(users).stream().map(store::recordOf).toList();
        store.addAll(records);
        return store;
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
