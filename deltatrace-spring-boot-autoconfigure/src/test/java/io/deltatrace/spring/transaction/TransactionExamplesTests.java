package io.deltatrace.spring.transaction;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.spring.cause.Because;
import io.deltatrace.spring.cause.DeltaTraceCauseAutoConfiguration;
import io.deltatrace.transaction.DeltaTraceTransaction;
import io.deltatrace.transaction.DeltaTraceTransaction.Savepoint;
import io.deltatrace.transaction.TransactionConflictException;
import io.deltatrace.transaction.TransactionMode;
import io.deltatrace.transaction.TransactionOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** The examples of docs/transactions.md, which {@code DocumentedExamplesTests} compares with this file. */
class TransactionExamplesTests {

    private ConfigurableApplicationContext context;
    private DeltaTraceDatabase database;

    @BeforeEach
    void start() {
        start(Application.class);
    }

    private void start(Class<?> application) {
        context = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .run();
        database = context.getBean(DeltaTraceDatabase.class);
        database.execute(Query.add("items", Map.of("name", "tea", "stock", 5), Map.of("name", "milk", "stock", 0)));
    }

    @AfterEach
    void stop() {
        context.close();
    }

    private HistoryEntry newest() {
        return database.history().entries(HistoryFilter.all().limit(1)).get(0);
    }

    private long stock(String name) {
        return (Long)
                database.execute(Query.searchOne("items").where(field("name").equalTo(name)))
                        .documents()
                        .get(0)
                        .get("stock");
    }

    @Test
    void transactional_isOneEntry() {
        Orders orders = context.getBean(Orders.class);
        orders.place("tea", 2);
        assertThat(stock("tea")).isEqualTo(3);
        assertThat(context.getBean(Mails.class).sent).isEqualTo("tea");

        HistoryEntry entry = newest();
        assertThat(((TransactionQuery) entry.request()).queries()).hasSize(2);
        assertThat(entry.request().cause().why()).isEqualTo("a customer orders");

        assertThatIllegalStateException().isThrownBy(() -> orders.place("milk", 1));
        assertThat(orders.all()).hasSize(1);
        assertThat(newest().outcome().wireName()).isEqualTo("failed");
    }

    @Because("a customer orders")
    static class Orders {

        private final DeltaTraceDatabase database;
        private final ApplicationEventPublisher events;

        Orders(DeltaTraceDatabase database, ApplicationEventPublisher events) {
            this.database = database;
            this.events = events;
        }

        @Transactional
        void place(String name, int amount) {
            Condition isItem = field("name").equalTo(name);
            database.execute(Query.add("orders", Map.of("name", name, "amount", amount)))
                    .orThrow();
            Item item = database.execute(Query.searchOne("items").where(isItem))
                    .first(Item.class)
                    .orElseThrow();
            if (item.stock() < amount) {
                throw new IllegalStateException("There is not enough of it");
            }
            database.execute(Query.updateOne("items", Map.of("stock", item.stock() - amount))
                            .where(isItem))
                    .orThrow();
            events.publishEvent(new OrderPlaced(name));
        }

        @Transactional(readOnly = true)
        List<Order> all() {
            return database.execute(Query.getAll("orders")).as(Order.class);
        }
    }

    record Item(String name, int stock) {}

    record Order(String name, int amount) {}

    record OrderPlaced(String name) {}

    static class Mails {

        private String sent;

        @TransactionalEventListener
        void send(OrderPlaced event) {
            sent = event.name();
        }
    }

    @Test
    void besideAnotherManager_itIsNamed() {
        stop();
        start(WithJdbc.class);
        Shop shop = context.getBean(Shop.class);
        shop.stockUp("tea");
        assertThat(stock("tea")).isEqualTo(100);
        assertThat(context.getBean(JdbcTemplate.class).queryForList("select * from deliveries"))
                .hasSize(1);
    }

    static class Shop {

        private final DeltaTraceDatabase database;
        private final JdbcTemplate jdbc;
        private final TransactionTemplate inDeltaTrace;

        Shop(
                DeltaTraceDatabase database,
                JdbcTemplate jdbc,
                @Qualifier("deltaTraceTransactionManager") PlatformTransactionManager manager) {
            this.database = database;
            this.jdbc = jdbc;
            this.inDeltaTrace = new TransactionTemplate(manager);
            jdbc.execute("create table deliveries (item varchar(20))");
        }

        @Transactional
        void stockUp(String name) {
            jdbc.update("insert into deliveries values (?)", name);
            inDeltaTrace.executeWithoutResult(status -> database.execute(Query.updateOne("items", Map.of("stock", 100))
                            .where(field("name").equalTo(name)))
                    .orThrow());
        }
    }

    @Test
    void withoutSpring_begin() {
        try (DeltaTraceTransaction transaction = database.begin()) {
            long stock = stock("tea");
            database.execute(Query.updateOne("items", Map.of("stock", stock - 1))
                            .where(field("name").equalTo("tea")))
                    .orThrow();
            Savepoint savepoint = transaction.savepoint();
            database.execute(Query.clear("items"));
            savepoint.rollback();
            transaction.commit();
        }
        assertThat(stock("tea")).isEqualTo(4);
    }

    @Test
    void optimistic_triesAgain() {
        Cause cause = Cause.of(Actor.human("alice"), "count", "the yearly count");
        TransactionOptions options =
                TransactionOptions.DEFAULT.mode(TransactionMode.OPTIMISTIC).because(cause);
        boolean done = false;
        while (!done) {
            try (DeltaTraceTransaction transaction = database.begin(options)) {
                long total = stock("tea") + stock("milk");
                database.execute(Query.add("counts", Map.of("total", total))).orThrow();
                transaction.commit();
                done = true;
            } catch (TransactionConflictException e) {
                // Somebody changed the items meanwhile: count again.
            }
        }
        assertThat(newest().request().cause().why()).isEqualTo("the yearly count");
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DeltaTraceCauseAutoConfiguration.class,
        DeltaTraceAutoConfiguration.class,
        DeltaTraceTransactionAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        TransactionManagerCustomizationAutoConfiguration.class
    })
    static class Application {

        @Bean
        Orders orders(DeltaTraceDatabase database, ApplicationEventPublisher events) {
            return new Orders(database, events);
        }

        @Bean
        Mails mails() {
            return new Mails();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class
    })
    static class WithJdbc {

        @Bean
        Shop shop(
                DeltaTraceDatabase database,
                JdbcTemplate jdbc,
                @Qualifier("deltaTraceTransactionManager") PlatformTransactionManager manager) {
            return new Shop(database, jdbc, manager);
        }
    }
}
