package io.deltatrace.autoconfigure.event;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

@ExtendWith(OutputCaptureExtension.class)
class CommitEventTests {

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DeltaTraceAutoConfiguration.class, DeltaTraceEventAutoConfiguration.class))
            .withUserConfiguration(Listening.class);

    @Configuration(proxyBeanMethods = false)
    static class Listening {

        final List<DeltaTraceCommitEvent> events = new ArrayList<>();
        final List<String> ofUsers = new ArrayList<>();
        final List<String> ofA = new ArrayList<>();
        final List<String> ofAlice = new ArrayList<>();

        @EventListener
        void on(DeltaTraceCommitEvent event) {
            events.add(event);
        }

        @EventListener(condition = "#event.collections.contains('users')")
        void onUsers(DeltaTraceCommitEvent event) {
            ofUsers.add(Thread.currentThread().getName() + " " + event.revision());
        }

        @EventListener(condition = "#event.wroteTo('a')")
        void onA(DeltaTraceCommitEvent event) {
            ofA.add("" + event.revision());
        }

        @EventListener(condition = "#event.cause?.who?.id == 'alice'")
        void onAlice(DeltaTraceCommitEvent event) {
            ofAlice.add("" + event.revision());
        }
    }

    @Test
    void commit_isAnEvent_onTheThreadThatMadeIt() {
        contexts.run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            database.execute(Query.add("users", Map.of("n", 1)).because(Cause.of(Actor.human("alice"), null, "why")));
            database.execute(TransactionQuery.of(Query.add("a", Map.of("n", 1)), Query.add("users", Map.of("n", 2))));
            database.execute(Query.add("a", Map.of("n", 2)));

            Listening listening = context.getBean(Listening.class);
            assertThat(listening.events).hasSize(3);
            DeltaTraceCommitEvent first = listening.events.get(0);
            assertThat(first.revision()).isEqualTo(1);
            assertThat(first.committedAt()).isEqualTo(database.asOf(1).committedAt());
            assertThat(first.collections()).containsExactly("users");
            assertThat(first.cause().why()).isEqualTo("why");
            assertThat(listening.events.get(1).collections()).containsExactly("a", "users");
            String thread = Thread.currentThread().getName();
            assertThat(listening.ofUsers).containsExactly(thread + " 1", thread + " 2");
            assertThat(listening.ofA).containsExactly("2", "3");
            assertThat(listening.ofAlice).containsExactly("1");
        });
    }

    @Test
    void readsAndFailures_areNoEvents() {
        contexts.run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            database.execute(Query.count("users"));
            database.execute(
                    Query.update("users", Map.of("n", 1)).where(field("n").equalTo(9)));
            database.execute(Query.clear("users"), Map.of());

            assertThat(context.getBean(Listening.class).events).isEmpty();
        });
    }

    @Test
    void failingListener_isLoggedWithoutItsMessage_andTheWriteStands(CapturedOutput output) {
        contexts.withUserConfiguration(Failing.class).run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            assertThat(database.execute(Query.add("users", Map.of("n", 1))).isSuccess())
                    .isTrue();
            assertThat(database.snapshot().size("users")).isEqualTo(1);
        });
        assertThat(output)
                .contains("A listener of all commits failed at revision 1", "java.lang.IllegalStateException")
                .doesNotContain("secret");
    }

    @Configuration(proxyBeanMethods = false)
    static class Failing {

        @EventListener
        void on(DeltaTraceCommitEvent event) {
            throw new IllegalStateException("secret of " + event.entry());
        }
    }

    @Test
    void nothingIsPublished_whenDisabled() {
        for (String property : List.of("deltatrace.events.enabled=false", "deltatrace.enabled=false")) {
            contexts.withPropertyValues(property)
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CommitEventPublisher.class));
        }
        contexts.withPropertyValues("deltatrace.events.enabled=false").run(context -> {
            context.getBean(DeltaTraceDatabase.class).execute(Query.add("users", Map.of("n", 1)));
            assertThat(context.getBean(Listening.class).events).isEmpty();
        });
    }

    @Test
    void lazyInitialization_losesNoEvent() {
        contexts.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withBean(
                        LazyInitializationExcludeFilter.class,
                        () -> LazyInitializationExcludeFilter.forBeanTypes(SmartInitializingSingleton.class))
                .run(context -> {
                    context.getBean(DeltaTraceDatabase.class).execute(Query.add("users", Map.of("n", 1)));
                    assertThat(context.getBean(Listening.class).events).hasSize(1);
                });
    }

    @Test
    void closedContext_hearsNothingOfADatabaseThatOutlivesIt() {
        List<Object> published = new ArrayList<>();
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            contexts.withBean(
                            DeltaTraceDatabase.class, () -> database, definition -> definition.setDestroyMethodName(""))
                    .withBean(CommitEventPublisher.class, () -> new CommitEventPublisher(database, published::add))
                    .run(context -> database.execute(Query.add("users", Map.of("n", 1))));
            database.execute(Query.add("users", Map.of("n", 2)));
        }
        assertThat(published).hasSize(1);
    }

    @Test
    void event_showsNoValues() {
        contexts.run(context -> {
            context.getBean(DeltaTraceDatabase.class)
                    .execute(Query.add("users", Map.of("name", "secret"))
                            .because(Cause.of(Actor.human("secret"), null, null)));
            assertThat(context.getBean(Listening.class).events)
                    .singleElement()
                    .asString()
                    .startsWith("DeltaTraceCommitEvent[revision=1, committedAt=")
                    .endsWith(", collections=[users]]")
                    .doesNotContain("secret");
        });
    }
}
