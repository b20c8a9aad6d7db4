package io.deltatrace.spring.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.query.Query;
import io.deltatrace.transaction.DeltaTraceTransaction;
import io.deltatrace.transaction.LockNotAcquiredException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

class DeltaTraceTransactionAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DeltaTraceAutoConfiguration.class,
                    DeltaTraceTransactionAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    TransactionManagerCustomizationAutoConfiguration.class));

    private final ApplicationContextRunner withJdbc = runner.withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class))
            .withPropertyValues("spring.datasource.generate-unique-name=true")
            .withUserConfiguration(ShopConfiguration.class);

    @Test
    void transactionManager_isThatOfTheApplication() {
        runner.run(context -> {
            assertThat(context)
                    .hasSingleBean(TransactionManager.class)
                    .hasBean("deltaTraceTransactionManager")
                    .hasSingleBean(TransactionTemplate.class);
            DeltaTraceTransactionManager manager = context.getBean(DeltaTraceTransactionManager.class);
            assertThat(manager.getResourceFactory()).isSameAs(context.getBean(DeltaTraceDatabase.class));
        });
    }

    @ParameterizedTest
    @ValueSource(classes = {PlatformTransactionManager.class, TransactionManagerCustomizers.class})
    void withoutSpringsTransactions_thereIsTheDatabase(Class<?> missing) {
        runner.withClassLoader(new FilteredClassLoader(missing)).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(DeltaTraceTransactionManager.class);
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            assertThat(database.execute(Query.add("rows", Map.of())).isSuccess())
                    .isTrue();
        });
    }

    @Test
    void withoutTheirLibraries_thereIsTheDatabase() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DeltaTraceAutoConfiguration.class, DeltaTraceTransactionAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(
                        "org.springframework.transaction",
                        "org.springframework.boot.transaction",
                        "org.springframework.dao"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(DeltaTraceDatabase.class));
    }

    @Test
    void disabled_thereIsNone() {
        runner.withPropertyValues("deltatrace.enabled=false")
                .withBean("own", DeltaTraceDatabase.class, DeltaTraceDatabase::inMemory)
                .run(context -> assertThat(context).doesNotHaveBean(TransactionManager.class));
    }

    @Test
    void ownDatabase_hasTransactionsToo() {
        runner.withBean("own", DeltaTraceDatabase.class, DeltaTraceDatabase::inMemory)
                .withBean(Blocks.class)
                .run(context -> {
                    DeltaTraceDatabase own = context.getBean("own", DeltaTraceDatabase.class);
                    Blocks blocks = context.getBean(Blocks.class);
                    assertThatIllegalStateException()
                            .isThrownBy(() -> blocks.required(() -> {
                                own.execute(Query.add("rows", Map.of())).orThrow();
                                throw new IllegalStateException();
                            }));
                    assertThat(own.collections()).isEmpty();
                });
    }

    @Test
    void severalDatabases_needManagersOfTheirOwn() {
        runner.withBean("one", DeltaTraceDatabase.class, DeltaTraceDatabase::inMemory)
                .withBean("other", DeltaTraceDatabase.class, DeltaTraceDatabase::inMemory)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TransactionManager.class));
    }

    @Test
    void ownManager_takesThePlace() {
        runner.withUserConfiguration(OwnManager.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(TransactionManager.class)
                        .hasBean("own")
                        .doesNotHaveBean("deltaTraceTransactionManager"));
    }

    @Test
    void customizers_areApplied() {
        runner.withPropertyValues("spring.transaction.default-timeout=17s")
                .run(context -> assertThat(context.getBean(DeltaTraceTransactionManager.class)
                                .getDefaultTimeout())
                        .isEqualTo(17));
    }

    @Test
    void lockTimeout_isThatOfTheProperty() {
        runner.withPropertyValues("deltatrace.transaction.lock-timeout=7ms").run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            try (DeltaTraceTransaction transaction = database.begin()) {
                database.execute(Query.add("rows", Map.of())).orThrow();
                assertThatExceptionOfType(CompletionException.class)
                        .isThrownBy(() -> CompletableFuture.supplyAsync(
                                        () -> database.execute(Query.add("rows", Map.of())))
                                .join())
                        .withCauseInstanceOf(LockNotAcquiredException.class)
                        .withMessageContaining("PT0.007S");
                transaction.rollback();
            }
        });
    }

    @Test
    void lockTimeout_mustBePositive() {
        runner.withPropertyValues("deltatrace.transaction.lock-timeout=0s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("deltatrace.transaction.lock-timeout must be positive"));
    }

    @Test
    void besideJdbc_unnamedTransactionsAreJdbcs_asBefore() {
        withJdbc.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(TransactionManager.class)).isInstanceOf(JdbcTransactionManager.class);
            assertThat(context.getBean(TransactionTemplate.class).getTransactionManager())
                    .isInstanceOf(JdbcTransactionManager.class);
            Shop shop = context.getBean(Shop.class);
            assertThatIllegalStateException().isThrownBy(shop::failUnnamed);
            assertThat(shop.rowsInJdbc()).isZero();
            assertThat(shop.rowsInDeltaTrace()).isEqualTo(1);
        });
    }

    @Test
    void besideJdbc_transactionsAreDeltaTraces_whereItIsNamed() {
        withJdbc.run(context -> {
            Shop shop = context.getBean(Shop.class);
            assertThatIllegalStateException().isThrownBy(shop::failNamed);
            assertThat(shop.rowsInJdbc()).isEqualTo(1);
            assertThat(shop.rowsInDeltaTrace()).isZero();
        });
    }

    @Test
    void besideJdbc_bothCanBeHad_theInnerOneEndsFirst() {
        withJdbc.run(context -> {
            Shop shop = context.getBean(Shop.class);
            Blocks blocks = context.getBean(Blocks.class);
            assertThatIllegalStateException().isThrownBy(() -> blocks.required(shop::failNamed));
            assertThat(shop.rowsInJdbc()).isZero();
            assertThat(shop.rowsInDeltaTrace()).isZero();
            blocks.required(shop::addNamed);
            assertThat(shop.rowsInJdbc()).isEqualTo(1);
            assertThat(shop.rowsInDeltaTrace()).isEqualTo(1);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> blocks.withRules(() -> {
                        shop.addNamed();
                        throw new IOException();
                    }));
            assertThat(shop.rowsInJdbc()).isEqualTo(1);
            assertThat(shop.rowsInDeltaTrace()).isEqualTo(2);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnManager {

        @Bean
        DeltaTraceTransactionManager own(DeltaTraceDatabase database) {
            return new DeltaTraceTransactionManager(database);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ShopConfiguration {

        @Bean
        Shop shop(JdbcTemplate jdbc, DeltaTraceDatabase database) {
            return new Shop(jdbc, database);
        }

        @Bean
        Blocks blocks() {
            return new Blocks();
        }
    }

    static class Shop {

        private final JdbcTemplate jdbc;
        private final DeltaTraceDatabase database;

        Shop(JdbcTemplate jdbc, DeltaTraceDatabase database) {
            this.jdbc = jdbc;
            this.database = database;
            jdbc.execute("create table if not exists orders (id int)");
        }

        private void add() {
            jdbc.update("insert into orders values (1)");
            database.execute(Query.add("prices", Map.of("id", 1))).orThrow();
        }

        @Transactional
        void failUnnamed() {
            add();
            throw new IllegalStateException();
        }

        @Transactional("deltaTraceTransactionManager")
        void failNamed() {
            add();
            throw new IllegalStateException();
        }

        @Transactional("deltaTraceTransactionManager")
        void addNamed() {
            add();
        }

        int rowsInJdbc() {
            return jdbc.queryForList("select * from orders").size();
        }

        long rowsInDeltaTrace() {
            return database.execute(Query.count("prices")).hitCount();
        }
    }
}
