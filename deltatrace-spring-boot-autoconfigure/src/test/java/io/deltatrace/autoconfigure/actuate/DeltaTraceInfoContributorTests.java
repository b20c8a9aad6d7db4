package io.deltatrace.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.query.Query;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DeltaTraceInfoContributorTests {

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DeltaTraceAutoConfiguration.class, DeltaTraceInfoContributorAutoConfiguration.class));

    @Test
    void info_tellsHowFarTheDatabaseHasCome_andWhereItIs(@TempDir Path directory) {
        contexts.withPropertyValues("deltatrace.storage.directory=" + directory).run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            database.execute(Query.add("people", Map.of("id", 1)));
            database.execute(Query.add("cities", Map.of("id", 1)));
            Info.Builder info = new Info.Builder();
            context.getBean(InfoContributor.class).contribute(info);

            assertThat(info.build().get("deltatrace"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("revision", 2L)
                    .containsEntry("storage", "files")
                    .containsEntry("collections", 2);
        });
    }

    @Test
    void info_isThere_unlessItIsTurnedOff() {
        contexts.run(context -> assertThat(context).hasBean("deltaTraceInfoContributor"));
        contexts.withPropertyValues("management.info.deltatrace.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(InfoContributor.class));
        contexts.withPropertyValues("management.info.defaults.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(InfoContributor.class));
        contexts.withPropertyValues("management.info.defaults.enabled=false", "management.info.deltatrace.enabled=true")
                .run(context -> assertThat(context).hasBean("deltaTraceInfoContributor"));
    }

    @Test
    void usersOwnContributor_isTheOnlyOne() {
        contexts.withBean("deltaTraceInfoContributor", InfoContributor.class, () -> builder -> {})
                .run(context -> assertThat(context).hasSingleBean(InfoContributor.class));
    }

    @Test
    void info_isNotThere_withoutActuatorOrADatabase() {
        contexts.withClassLoader(new FilteredClassLoader(InfoContributor.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("deltaTraceInfoContributor"));
        contexts.withPropertyValues("deltatrace.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(InfoContributor.class));
    }
}
