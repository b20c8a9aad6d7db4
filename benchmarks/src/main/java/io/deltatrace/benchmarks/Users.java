package io.deltatrace.benchmarks;

import io.deltatrace.benchmarks.peers.Agreement;
import io.deltatrace.benchmarks.peers.Peer;
import io.deltatrace.benchmarks.peers.User;
import io.deltatrace.benchmarks.peers.UserStore;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A store of one peer, and what goes into it. The states below say whether it is filled, and how. */
@State(Scope.Benchmark)
public abstract class Users {

    private static final int CHECKED = 200;
    /** A prime, so that steps of it come by every user. */
    static final int STEP = 7_919;

    /** How many users there are. */
    @Param("100000")
    int users;

    /** Whose store it is. */
    @Param
    Peer peer;

    UserStore<Object> store;
    List<Object> records;
    private final boolean indexed;
    private int position;
    private int round;

    Users(boolean indexed) {
        this.indexed = indexed;
    }

    List<User> source(int count) {
        return User.inOrder(count);
    }

    /** Nobody is measured who answers otherwise than a plain loop. */
    @Setup(Level.Trial)
    public void prepare() {
        Agreement.require(peer, indexed, source(Math.min(users, CHECKED)));
        store = peer.open(indexed);
        records = records(source(users));
    }

    List<Object> records(List<User> added) {
        List<Object> made = new ArrayList<>(added.size());
        for (User user : added) {
            made.add(store.recordOf(user));
        }
        return made;
    }

    void fill() {
        store.addAll(records);
    }

    void renew() {
        store.close();
        store = peer.open(indexed);
    }

    @TearDown(Level.Trial)
    public void close() {
        store.close();
    }

    /** The number of a user, far from that of the last call. */
    int another() {
        position = (position + STEP) % users;
        if (position == 0) {
            round++;
        }
        return position;
    }

    /** Another name than users have had in the last round. */
    String freshName() {
        return (round & 1) == 0 ? "changed" : "changed again";
    }

    static <T> List<T> sized(List<T> found, int size) {
        if (found.size() != size) {
            throw new IllegalStateException("There must be " + size + ", not " + found.size());
        }
        return found;
    }

    /** Filled once, ages in order, without indexes. */
    @State(Scope.Benchmark)
    public static class Plain extends Users {

        /** For JMH. */
        public Plain() {
            this(false);
        }

        Plain(boolean indexed) {
            super(indexed);
        }

        @Override
        public void prepare() {
            super.prepare();
            fill();
            records = List.of();
        }
    }

    /** Filled once, ages in random order, without indexes. */
    @State(Scope.Benchmark)
    public static class Shuffled extends Plain {

        @Override
        List<User> source(int count) {
            return User.shuffled(count);
        }
    }

    /** Filled once, with indexes on id and age. */
    @State(Scope.Benchmark)
    public static class Indexed extends Plain {

        /** For JMH. */
        public Indexed() {
            super(true);
        }
    }

    /** Emptied before each call. */
    @State(Scope.Benchmark)
    public static class Empty extends Users {

        /** For JMH. */
        public Empty() {
            this(false);
        }

        Empty(boolean indexed) {
            super(indexed);
        }

        /** A new store. */
        @Setup(Level.Invocation)
        public void renewed() {
            renew();
        }
    }

    /** Emptied before each call, with indexes. */
    @State(Scope.Benchmark)
    public static class EmptyIndexed extends Empty {

        /** For JMH. */
        public EmptyIndexed() {
            super(true);
        }
    }

    /** Filled anew before each call. */
    @State(Scope.Benchmark)
    public static class Fresh extends Empty {

        /** For JMH. */
        public Fresh() {
            this(false);
        }

        Fresh(boolean indexed) {
            super(indexed);
        }

        @Override
        public void renewed() {
            renew();
            fill();
        }
    }

    /** Filled anew before each call, with indexes. */
    @State(Scope.Benchmark)
    public static class FreshIndexed extends Fresh {

        /** For JMH. */
        public FreshIndexed() {
            super(true);
        }
    }
}
