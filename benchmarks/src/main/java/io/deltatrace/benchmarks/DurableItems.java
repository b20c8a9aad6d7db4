package io.deltatrace.benchmarks;

import static io.deltatrace.condition.Field.field;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.index.Index;
import io.deltatrace.query.Query;
import io.deltatrace.storage.Durability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** Items with prices on files, whose prices many threads change. */
public interface DurableItems extends AutoCloseable {

    /** How many items there are. */
    int COUNT = 1_000;

    /** Returns once the change is as durable as the {@link Kind} says. */
    void setPrice(int id, int price) throws Exception;

    @Override
    void close() throws Exception;

    /** Who writes, and what the writer waits for. */
    enum Kind {
        /** DeltaTrace; for the operating system. */
        OS {
            @Override
            DurableItems open(Path directory) {
                return new InDeltaTrace(directory, Durability.OS);
            }
        },
        /** DeltaTrace; for the operating system. The disk has it a second later. */
        INTERVAL {
            @Override
            DurableItems open(Path directory) {
                return new InDeltaTrace(directory, Durability.INTERVAL);
            }
        },
        /** DeltaTrace; for the disk, with all who wait at the same time. */
        ALWAYS {
            @Override
            DurableItems open(Path directory) {
                return new InDeltaTrace(directory, Durability.ALWAYS);
            }
        },
        /** H2's MVStore as it comes; for nothing. The operating system has it half a second later. */
        H2 {
            @Override
            DurableItems open(Path directory) throws SQLException {
                return new InH2(directory);
            }
        },
        /** No database, but a line as long as one of a journal; for the disk, one after the other: the physical limit. */
        FORCE {
            @Override
            DurableItems open(Path directory) throws IOException {
                return new InAFile(directory);
            }
        };

        abstract DurableItems open(Path directory) throws Exception;
    }

    /** As a collection, indexed by id. */
    final class InDeltaTrace implements DurableItems {

        private final DeltaTraceDatabase database;

        InDeltaTrace(Path directory, Durability durability) {
            database = DeltaTraceDatabase.builder()
                    .directory(directory)
                    .durability(durability)
                    .index("items", Index.hash("id"))
                    .build();
            List<Map<String, Object>> items = IntStream.range(0, COUNT)
                    .mapToObj(id -> Map.<String, Object>of("id", id, "price", 0))
                    .toList();
            database.execute(Query.add("items", items)).orThrow();
        }

        @Override
        public void setPrice(int id, int price) {
            database.execute(Query.updateOne("items", Map.of("price", price))
                            .where(field("id").equalTo(id)))
                    .orThrow();
        }

        @Override
        public void close() {
            database.close();
        }
    }

    /** As a table, over connections of which each serves one thread at a time. */
    final class InH2 implements DurableItems {

        private record Session(Connection connection, PreparedStatement update) {}

        private final String url;
        private final Connection keeper;
        private final Queue<Session> idle = new ConcurrentLinkedQueue<>();

        InH2(Path directory) throws SQLException {
            url = "jdbc:h2:file:" + directory.resolve("items");
            keeper = DriverManager.getConnection(url);
            try (Statement statement = keeper.createStatement()) {
                statement.execute("CREATE TABLE items (id INT PRIMARY KEY, price INT NOT NULL) AS SELECT X, 0"
                        + " FROM SYSTEM_RANGE(0, " + (COUNT - 1) + ")");
            }
        }

        private Session session() throws SQLException {
            Connection connection = DriverManager.getConnection(url);
            return new Session(connection, connection.prepareStatement("UPDATE items SET price = ? WHERE id = ?"));
        }

        @Override
        public void setPrice(int id, int price) throws SQLException {
            Session session = idle.poll();
            if (session == null) {
                session = session();
            }
            session.update().setInt(1, price);
            session.update().setInt(2, id);
            session.update().executeUpdate();
            idle.add(session);
        }

        @Override
        public void close() throws SQLException {
            for (Session session : idle) {
                session.connection().close();
            }
            keeper.close();
        }
    }

    /** As lines. */
    final class InAFile implements DurableItems {

        private static final int LINE = 350;

        private final ReentrantLock lock = new ReentrantLock();
        private final FileChannel channel;

        InAFile(Path directory) throws IOException {
            channel = FileChannel.open(
                    directory.resolve("lines"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        @Override
        public void setPrice(int id, int price) throws IOException {
            ByteBuffer line = ByteBuffer.allocate(LINE).putInt(id).putInt(price).rewind();
            lock.lock();
            try {
                channel.write(line);
                channel.force(false);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
