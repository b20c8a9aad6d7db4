package io.deltatrace.spring.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.cause.ActorType;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.query.Query;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

class CauseBeanPostProcessorTests {

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DeltaTraceCauseAutoConfiguration.class,
                    DeltaTraceAutoConfiguration.class,
                    TaskExecutionAutoConfiguration.class,
                    TaskSchedulingAutoConfiguration.class))
            .withUserConfiguration(Application.class);

    private static Cause newest(DeltaTraceDatabase database) {
        return entry(database).request().cause();
    }

    private static HistoryEntry entry(DeltaTraceDatabase database) {
        return database.history()
                .entries(HistoryFilter.collection("stock").limit(1))
                .get(0);
    }

    @Test
    void annotatedMethod_saysWhy() {
        contexts.run(context -> {
            context.getBean(Stock.class).count();

            Cause cause = newest(context.getBean(DeltaTraceDatabase.class));
            assertThat(cause.why()).isEqualTo("counted");
            assertThat(cause.what()).isEqualTo("Stock.count");
            assertThat(cause.from()).isEqualTo("thread main");
            assertThat(cause.who().id()).isEqualTo("system");
            assertThat(CauseContext.current()).isSameAs(CauseContext.EMPTY);
        });
    }

    @Test
    void annotatedClass_saysWhyForMethodsThatDoNot() {
        contexts.run(context -> {
            context.getBean(Stock.class).correct();

            assertThat(newest(context.getBean(DeltaTraceDatabase.class)).why()).isEqualTo("stock keeping");
        });
    }

    @Test
    void methodCalledLater_countsMore_andWhatIsTheOuterOne() {
        contexts.run(context -> {
            context.getBean(Shop.class).sell();

            Cause cause = newest(context.getBean(DeltaTraceDatabase.class));
            assertThat(cause.why()).isEqualTo("counted");
            assertThat(cause.what()).isEqualTo("Shop.sell");
        });
    }

    @Test
    void block_countsMoreThanAnnotations() {
        contexts.run(context -> {
            Reasons.because("customer called", () -> context.getBean(Shop.class).sell());

            assertThat(newest(context.getBean(DeltaTraceDatabase.class)).why()).isEqualTo("customer called");
        });
    }

    @Test
    void asynchronousMethod_isAJob() {
        contexts.run(context -> {
            context.getBean(Stock.class).countLater().get(10, TimeUnit.SECONDS);

            Cause cause = newest(context.getBean(DeltaTraceDatabase.class));
            assertThat(cause.who().type()).isEqualTo(ActorType.SYSTEM);
            assertThat(cause.who().id()).isEqualTo("Stock.countLater");
            assertThat(cause.from()).isEqualTo("job Stock.countLater");
            assertThat(cause.why()).isEqualTo("stock keeping");
        });
    }

    @Test
    void scheduledMethod_isAJob() {
        contexts.run(context -> {
            assertThat(context.getBean(Jobs.class).done()).isTrue();

            Cause cause = context.getBean(DeltaTraceDatabase.class)
                    .history()
                    .entries(HistoryFilter.all().actor("Jobs.nightly"))
                    .get(0)
                    .request()
                    .cause();
            assertThat(cause.who().type()).isEqualTo(ActorType.SYSTEM);
            assertThat(cause.what()).isEqualTo("Jobs.nightly");
            assertThat(cause.from()).isEqualTo("job Jobs.nightly");
            assertThat(cause.why()).isEqualTo("nightly clean-up");
        });
    }

    @Test
    void jobThatSaysNothing_hasNoProxy_andItsName() {
        contexts.run(context -> {
            FinalJobs jobs = context.getBean(FinalJobs.class);
            assertThat(AopUtils.isAopProxy(jobs)).isFalse();
            assertThat(jobs.done.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(context.getBean(DeltaTraceDatabase.class)
                            .history()
                            .entries(HistoryFilter.all().actor("FinalJobs.hourly")))
                    .hasSize(1);
        });
    }

    @Test
    void beanThatSaysNothing_hasNoProxy() {
        contexts.run(context ->
                assertThat(AopUtils.isAopProxy(context.getBean(Plain.class))).isFalse());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    @EnableScheduling
    static class Application {

        @Bean
        Stock stock(DeltaTraceDatabase database) {
            return new Stock(database);
        }

        @Bean
        Shop shop(Stock stock) {
            return new Shop(stock);
        }

        @Bean
        Jobs jobs(DeltaTraceDatabase database) {
            return new Jobs(database);
        }

        @Bean
        FinalJobs finalJobs(DeltaTraceDatabase database) {
            return new FinalJobs(database);
        }

        @Bean
        Plain plain() {
            return new Plain();
        }
    }

    @Because("stock keeping")
    static class Stock {

        private final DeltaTraceDatabase database;

        Stock(DeltaTraceDatabase database) {
            this.database = database;
        }

        @Because("counted")
        void count() {
            correct();
        }

        void correct() {
            database.execute(Query.add("stock", Map.of("n", 1))).orThrow();
        }

        @Async
        CompletableFuture<Void> countLater() {
            correct();
            return CompletableFuture.completedFuture(null);
        }
    }

    static class Shop {

        private final Stock stock;

        Shop(Stock stock) {
            this.stock = stock;
        }

        @Because("sold")
        void sell() {
            stock.count();
        }
    }

    static class Jobs {

        private final CountDownLatch done = new CountDownLatch(1);
        private final DeltaTraceDatabase database;

        Jobs(DeltaTraceDatabase database) {
            this.database = database;
        }

        boolean done() throws InterruptedException {
            return done.await(10, TimeUnit.SECONDS);
        }

        @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
        @Because("nightly clean-up")
        void nightly() {
            database.execute(Query.add("jobs", Map.of("n", 1))).orThrow();
            done.countDown();
        }
    }

    static final class FinalJobs {

        private final CountDownLatch done = new CountDownLatch(1);
        private final DeltaTraceDatabase database;

        FinalJobs(DeltaTraceDatabase database) {
            this.database = database;
        }

        @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
        void hourly() {
            database.execute(Query.add("jobs", Map.of("n", 1))).orThrow();
            done.countDown();
        }
    }

    static class Plain {}
}
