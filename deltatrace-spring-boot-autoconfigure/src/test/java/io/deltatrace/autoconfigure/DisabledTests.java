package io.deltatrace.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** {@code deltatrace.enabled=false} turns all of it off, also what would be for a database of the application's own. */
class DisabledTests {

    private final WebApplicationContextRunner contexts = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ours()))
            .withUserConfiguration(InAPackage.class)
            .withBean("own", DeltaTraceDatabase.class, DeltaTraceDatabase::inMemory)
            .withPropertyValues(
                    "management.endpoints.web.exposure.include=*",
                    "deltatrace.web.enabled=true",
                    "deltatrace.history.retention.entries=10");

    /** Repositories are looked for in the packages of the application. */
    @AutoConfigurationPackage
    private static final class InAPackage {}

    private static Class<?>[] ours() {
        return ImportCandidates.load(AutoConfiguration.class, DisabledTests.class.getClassLoader())
                .getCandidates()
                .stream()
                .filter(name -> name.startsWith("io.deltatrace."))
                .map(DisabledTests::type)
                .toArray(Class<?>[]::new);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Beans by their types: those of this library, but for the application's own database. */
    private static List<String> oursIn(ApplicationContext context) {
        return Arrays.stream(context.getBeanDefinitionNames())
                .filter(name -> !name.equals("own") && context.getType(name) != InAPackage.class)
                .flatMap(name -> Stream.ofNullable(context.getType(name)))
                .map(Class::getName)
                .filter(name -> name.startsWith("io.deltatrace."))
                .toList();
    }

    @Test
    void enabled_hasBeansOfEveryKind() {
        contexts.run(context -> assertThat(oursIn(context)).hasSizeGreaterThan(10));
    }

    @Test
    void disabled_hasNone() {
        contexts.withPropertyValues("deltatrace.enabled=false")
                .run(context -> assertThat(oursIn(context)).isEmpty());
    }
}
