package io.deltatrace.spring.transaction;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.query.Query;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.Transactional;

/** Many threads read a number and write one more, in transactions, without trying anything again. */
@Timeout(120)
class ConcurrentTransactionTests {

    private static final int THREADS = 8;
    private static final int TIMES = 50;

    @TempDir
    private Path directory;

    @Test
    void increments_areNotLost_inMemory() throws Exception {
        increment(Executors.newFixedThreadPool(THREADS));
    }

    @Test
    void increments_areNotLost_onFiles() throws Exception {
        increment(
                Executors.newFixedThreadPool(THREADS),
                "--deltatrace.storage.directory=" + directory,
                "--deltatrace.storage.durability=always");
        try (DeltaTraceDatabase reopened = DeltaTraceDatabase.open(directory)) {
            assertThat(new Counter(reopened).value()).isEqualTo(THREADS * TIMES);
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void increments_areNotLost_inVirtualThreads() throws Exception {
        increment(virtualThreads());
    }

    private static ExecutorService virtualThreads()
            throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    private static void increment(ExecutorService threads, String... arguments) throws Exception {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(arguments)) {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            database.execute(Query.add("counters", Map.of("value", 0))).orThrow();
            Counter counter = context.getBean(Counter.class);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    for (int n = 0; n < TIMES; n++) {
                        counter.increment();
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
            assertThat(counter.value()).isEqualTo(THREADS * TIMES);
            assertThat(database.history()
                            .entries(
                                    HistoryFilter.all().outcome(Outcome.APPLIED).limit(1_000)))
                    .hasSize(1 + THREADS * TIMES);
        } finally {
            threads.shutdown();
        }
    }

    static class Counter {

        private final DeltaTraceDatabase database;

        Counter(DeltaTraceDatabase database) {
            this.database = database;
        }

        @Transactional
        void increment() {
            int seen = value();
            database.execute(Query.updateOne("counters", Map.of("value", seen + 1))
                            .where(field("value").equalTo(seen)))
                    .orThrow();
        }

        @Transactional(readOnly = true)
        int value() {
            return ((Long) database.execute(Query.getAll("counters"))
                            .documents()
                            .get(0)
                            .get("value"))
                    .intValue();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DeltaTraceAutoConfiguration.class,
        DeltaTraceTransactionAutoConfiguration.class,
        TransactionAutoConfiguration.class
    })
    static class Application {

        @Bean
        Counter counter(DeltaTraceDatabase database) {
            return new Counter(database);
        }
    }
}
