package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.query.Query;
import io.deltatrace.storage.Durability;
import io.deltatrace.transaction.DeltaTraceTransaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Virtual threads that wait for others, or for the disk, do not keep their carrier threads from carrying others. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Virtual threads are there from Java 21 on")
class PinningTests {

    private static final int THREADS = 100;

    @TempDir
    private Path temporary;

    @Test
    @Timeout(120)
    void virtualThreads_areNotPinned() throws Exception {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.builder()
                .directory(temporary.resolve("database"))
                .durability(Durability.ALWAYS)
                .build()) {
            database.execute(Query.add("rows", Map.of("counter", 0)));
            database.onCommit(entry -> LockSupport.parkNanos(1_000));

            List<String> pinned = pinnedIn(() -> {
                try (DeltaTraceTransaction transaction = database.begin()) {
                    long seen = (Long) database.execute(Query.getAll("rows"))
                            .documents()
                            .get(0)
                            .get("counter");
                    LockSupport.parkNanos(100_000);
                    database.execute(Query.updateOne("rows", Map.of("counter", seen + 1))
                            .where(field("counter").isNotNull()));
                    transaction.commit();
                }
                database.execute(Query.add("others", Map.of("n", 1)));
                database.execute(Query.count("others"));
                database.snapshot().hash();
            });

            assertThat(pinned).noneMatch(PinningTests::isOurs);
            assertThat(database.execute(Query.count("others")).hitCount()).isEqualTo(THREADS);
        }
    }

    /** So that nothing found means something. */
    @Test
    @Timeout(120)
    void pinnedThread_isSeen() throws Exception {
        assertThat(pinnedIn(PinsWhenItIsInitialized::touch))
                .anyMatch(stack -> stack.contains("PinsWhenItIsInitialized"));
    }

    private static final class PinsWhenItIsInitialized {

        static {
            // A thread that initializes a class has a frame on its stack that cannot be moved.
            LockSupport.parkNanos(50_000_000);
        }

        private static void touch() {
            assertThat(PinsWhenItIsInitialized.class).isNotNull();
        }
    }

    private static boolean isOurs(String stack) {
        return stack.contains("io.deltatrace.") && !stack.contains("<clinit>");
    }

    /** The stacks of the threads that were pinned while many ran a task. */
    private List<String> pinnedIn(Runnable task) throws Exception {
        Path file = Files.createTempFile(temporary, "pinned", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
            recording.start();
            ExecutorService threads = virtualThreads();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(task));
            }
            for (Future<?> thread : running) {
                thread.get();
            }
            threads.shutdown();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .map(RecordedEvent::toString)
                .toList();
    }

    /** Java 17, for which this is compiled, does not have it. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }
}
