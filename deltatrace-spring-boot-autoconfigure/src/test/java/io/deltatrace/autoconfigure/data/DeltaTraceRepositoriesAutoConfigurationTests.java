package io.deltatrace.autoconfigure.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltatrace.DeltaTraceCollection;
import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.spring.cause.Because;
import io.deltatrace.spring.cause.DeltaTraceCauseAutoConfiguration;
import io.deltatrace.spring.data.Collection;
import io.deltatrace.spring.data.DeltaTraceRepository;
import io.deltatrace.spring.data.DeltaTraceTemplate;
import io.deltatrace.spring.data.EnableDeltaTraceRepositories;
import io.deltatrace.spring.transaction.DeltaTraceTransactionAutoConfiguration;
import io.deltatrace.transaction.DeltaTraceTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.data.annotation.CreatedBy;
import org.springframework.data.annotation.CreatedDate;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.AuditorAware;
import org.springframework.data.repository.Repository;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

class DeltaTraceRepositoriesAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DeltaTraceCauseAutoConfiguration.class,
                    DeltaTraceAutoConfiguration.class,
                    DeltaTraceDataAutoConfiguration.class,
                    DeltaTraceRepositoriesAutoConfiguration.class));

    @Collection("memos")
    record Memo(
            @Id @Nullable Long id,
            String firstLine,
            @CreatedBy @Nullable String author,
            @CreatedDate @Nullable Instant written) {}

    @Because("memos are written down")
    interface MemoRepository extends DeltaTraceRepository<Memo, Long> {

        List<Memo> findByFirstLine(String text);

        @Transactional
        default void saveBoth(Memo one, Memo other) {
            save(one);
            save(other);
        }

        @Because("memos are thrown away")
        int deleteByFirstLine(String text);

        @Async
        CompletableFuture<List<Memo>> findByAuthor(String author);
    }

    interface PlainRepository extends DeltaTraceRepository<Memo, Long> {}

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    @EnableAsync
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @EnableDeltaTraceRepositories(considerNestedRepositories = true)
    static class Enabled {}

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class WithAsync {}

    @Configuration(proxyBeanMethods = false)
    static class WithAuditor {

        @Bean
        AuditorAware<String> auditor() {
            return () -> Optional.of("the auditor");
        }
    }

    private static Cause newestCause(DeltaTraceDatabase database) {
        return database.history()
                .entries(HistoryFilter.all().limit(1))
                .get(0)
                .request()
                .cause();
    }

    @Test
    void repositoriesOfTheApplication_areBeans() {
        runner.withUserConfiguration(Application.class).run(context -> {
            TopLevelRepository repository = context.getBean(TopLevelRepository.class);
            repository.save(new TopLevelRepository.Entry(null, "x", null));
            assertThat(repository.findByText("x")).hasSize(1);
        });
    }

    @Test
    void indexedProperties_haveIndexes_andUniqueOnesRefuseDuplicates() {
        runner.withUserConfiguration(Application.class).run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            assertThat(database.indexes("entries"))
                    .extracting(status -> status.index().toString())
                    .containsExactlyInAnyOrder("unique hash(id)", "unique hash(text)", "ordered(place.town)");
            TopLevelRepository repository = context.getBean(TopLevelRepository.class);
            TopLevelRepository.Entry first = repository.save(new TopLevelRepository.Entry(null, "x", null));
            assertThatThrownBy(() -> repository.save(new TopLevelRepository.Entry(null, "x", null)))
                    .isInstanceOf(DuplicateKeyException.class);
            assertThatThrownBy(() -> repository.saveAll(List.of(
                            new TopLevelRepository.Entry(null, "y", null),
                            new TopLevelRepository.Entry(7L, "x", null))))
                    .isInstanceOf(DuplicateKeyException.class);
            assertThat(repository.findAll()).containsExactly(first);
            repository.save(new TopLevelRepository.Entry(0L, "x", new TopLevelRepository.Place("Nara")));
            assertThat(repository.count()).isEqualTo(1);
        });
    }

    @Test
    void callsOfATransaction_areOneEntry_orNone() {
        runner.withConfiguration(AutoConfigurations.of(DeltaTraceTransactionAutoConfiguration.class))
                .withUserConfiguration(Application.class)
                .run(context -> {
                    TopLevelRepository repository = context.getBean(TopLevelRepository.class);
                    DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                    TransactionTemplate transaction =
                            new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
                    transaction.executeWithoutResult(status -> {
                        TopLevelRepository.Entry first = repository.save(new TopLevelRepository.Entry(null, "a", null));
                        repository.save(new TopLevelRepository.Entry(first.id(), "b", null));
                        assertThat(repository.findByText("b")).hasSize(1);
                    });
                    assertThat(database.snapshot().revision()).isEqualTo(1);
                    transaction.executeWithoutResult(status -> {
                        repository.deleteAll();
                        status.setRollbackOnly();
                    });
                    assertThat(repository.count()).isEqualTo(1);
                });
    }

    /** Spring Data means the bean called {@code transactionManager} unless the module says otherwise. */
    @Test
    void transactionalMethodOfARepository_meansOurManager_besideAnother() {
        runner.withConfiguration(AutoConfigurations.of(
                        TransactionAutoConfiguration.class, DeltaTraceTransactionAutoConfiguration.class))
                .withUserConfiguration(Enabled.class, OtherManager.class)
                .run(context -> {
                    context.getBean(MemoRepository.class).saveBoth(memo("one"), memo("other"));

                    assertThat(context.getBean(DeltaTraceDatabase.class)
                                    .snapshot()
                                    .revision())
                            .isEqualTo(1);
                    assertThat(context.getBean(MemoRepository.class).count()).isEqualTo(2);
                });
    }

    private static Memo memo(String firstLine) {
        return new Memo(null, firstLine, null, null);
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherManager {

        @Bean
        PlatformTransactionManager transactionManager() {
            return new JdbcTransactionManager(new DriverManagerDataSource("jdbc:h2:mem:other"));
        }
    }

    @Test
    void writeThatWaitsTooLong_isSpringsException() {
        runner.withUserConfiguration(Application.class)
                .withPropertyValues("deltatrace.transaction.lock-timeout=10ms")
                .run(context -> {
                    TopLevelRepository repository = context.getBean(TopLevelRepository.class);
                    try (DeltaTraceTransaction open =
                            context.getBean(DeltaTraceDatabase.class).begin()) {
                        repository.save(new TopLevelRepository.Entry(null, "mine", null));
                        CompletableFuture<?> other = CompletableFuture.supplyAsync(
                                () -> repository.save(new TopLevelRepository.Entry(null, "theirs", null)));

                        assertThatThrownBy(other::join).hasCauseInstanceOf(CannotAcquireLockException.class);
                        open.commit();
                    }
                    assertThat(repository.count()).isEqualTo(1);
                });
    }

    @Test
    void repositories_canBeSwitchedOff() {
        runner.withUserConfiguration(Application.class)
                .withPropertyValues("deltatrace.repositories.enabled=false")
                .run(context ->
                        assertThat(context).doesNotHaveBean(Repository.class).hasSingleBean(DeltaTraceTemplate.class));
    }

    @Test
    void repositories_canBeEnabledByHand() {
        runner.withUserConfiguration(Enabled.class)
                .run(context -> assertThat(context).hasSingleBean(MemoRepository.class));
    }

    @Test
    void withoutSpringData_theDatabaseStillWorks() {
        for (Class<?> missing : List.of(Repository.class, PersistenceExceptionTranslator.class)) {
            runner.withUserConfiguration(Application.class)
                    .withClassLoader(new FilteredClassLoader(missing))
                    .run(context -> assertThat(context)
                            .hasNotFailed()
                            .hasSingleBean(DeltaTraceDatabase.class)
                            .doesNotHaveBean("deltaTraceTemplate"));
        }
    }

    @Test
    void withoutADatabase_thereIsNothing() {
        runner.withUserConfiguration(Application.class)
                .withPropertyValues("deltatrace.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Repository.class));
    }

    @Test
    void causes_nameTheMethodAndSayWhy() {
        runner.withUserConfiguration(Enabled.class).run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            PlainRepository plain = context.getBean(PlainRepository.class);
            plain.save(new Memo(null, "a", null, null));
            assertThat(newestCause(database).what()).isEqualTo("PlainRepository.save");
            assertThat(newestCause(database).why()).isNull();
            MemoRepository memos = context.getBean(MemoRepository.class);
            memos.save(new Memo(null, "b", null, null));
            assertThat(newestCause(database).what()).isEqualTo("MemoRepository.save");
            assertThat(newestCause(database).why()).isEqualTo("memos are written down");
            memos.deleteByFirstLine("b");
            assertThat(newestCause(database).why()).isEqualTo("memos are thrown away");
            Memo memo = plain.findAll().get(0);
            plain.deleteAll();
            plain.revert(memo.id(), 1, "wanted back");
            assertThat(newestCause(database).what()).isEqualTo("PlainRepository.revert");
            assertThat(newestCause(database).why()).isEqualTo("wanted back");
        });
    }

    @Test
    void auditing_takesTheActorOfTheCause_orTheAuditor() {
        runner.withUserConfiguration(Enabled.class).run(context -> {
            Memo memo = context.getBean(MemoRepository.class).save(new Memo(null, "a", null, null));
            assertThat(memo.author()).isEqualTo(Actor.system("system").id());
            assertThat(memo.written()).isNotNull();
        });
        runner.withUserConfiguration(Enabled.class, WithAuditor.class)
                .run(context -> assertThat(context.getBean(MemoRepository.class)
                                .save(new Memo(null, "a", null, null))
                                .author())
                        .isEqualTo("the auditor"));
    }

    @Test
    void memosThatCannotChange_areKept_unlessThePropertySaysOtherwise() {
        runner.withUserConfiguration(Enabled.class).run(context -> {
            MemoRepository memos = context.getBean(MemoRepository.class);
            memos.save(new Memo(null, "a", null, null));
            DeltaTraceCollection<Memo> typed = typed(context);

            assertThat(memos.findAll().get(0)).isSameAs(memos.findAll().get(0));
            assertThat(typed.all().get(0)).isSameAs(typed.all().get(0));
        });
        runner.withUserConfiguration(Enabled.class)
                .withPropertyValues("deltatrace.keep-objects=false")
                .run(context -> {
                    MemoRepository memos = context.getBean(MemoRepository.class);
                    memos.save(new Memo(null, "a", null, null));
                    DeltaTraceCollection<Memo> typed = typed(context);

                    assertThat(memos.findAll().get(0))
                            .isNotSameAs(memos.findAll().get(0));
                    assertThat(typed.all().get(0)).isNotSameAs(typed.all().get(0));
                });
    }

    private static DeltaTraceCollection<Memo> typed(ApplicationContext context) {
        return context.getBean(DeltaTraceDatabase.class).collection("memos", Memo.class);
    }

    @Test
    void asynchronousMethods_runInAnotherThread() {
        runner.withUserConfiguration(Enabled.class, WithAsync.class).run(context -> {
            MemoRepository memos = context.getBean(MemoRepository.class);
            Memo memo = memos.save(new Memo(null, "a", "me", null));
            assertThat(memos.findByAuthor(memo.author()).get(10, TimeUnit.SECONDS))
                    .containsExactly(memo);
        });
    }

    @Test
    void namesInJson_areThoseOfTheApplicationsMapper() {
        runner.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
                .withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
                .withUserConfiguration(Enabled.class)
                .run(context -> {
                    MemoRepository memos = context.getBean(MemoRepository.class);
                    memos.save(new Memo(null, "a", null, null));
                    assertThat(memos.findByFirstLine("a")).hasSize(1);
                    assertThat(context.getBean(DeltaTraceDatabase.class)
                                    .execute(io.deltatrace.query.Query.getAll("memos"))
                                    .documents()
                                    .get(0)
                                    .get("first_line"))
                            .isEqualTo("a");
                });
    }
}
