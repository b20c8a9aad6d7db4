package io.deltatrace.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.index.Index;
import io.deltatrace.index.IndexStatus;
import io.deltatrace.query.Query;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class CollectionPropertiesTests {

    private final ApplicationContextRunner contexts =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(DeltaTraceAutoConfiguration.class));

    @Test
    void indexes_areThoseOfTheProperties() {
        contexts.withPropertyValues(
                        "deltatrace.collections.users.indexes[0].field=address.zip",
                        "deltatrace.collections.users.indexes[1].field=email",
                        "deltatrace.collections.users.indexes[1].kind=ordered",
                        "deltatrace.collections.users.indexes[1].unique=true",
                        "deltatrace.collections.[Price list].indexes[0].field=item")
                .run(context -> {
                    DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                    database.execute(Query.add("users", Map.of("email", "a")));
                    database.execute(Query.add("Price list", Map.of("item", "tea")));

                    assertThat(database.indexes("users"))
                            .extracting(IndexStatus::index)
                            .containsExactly(
                                    Index.hash("address.zip"),
                                    Index.ordered("email").unique());
                    assertThat(database.indexes("Price list"))
                            .extracting(IndexStatus::index)
                            .containsExactly(Index.hash("item"));
                    assertThat(database.execute(Query.add("users", Map.of("email", "a")))
                                    .isSuccess())
                            .isFalse();
                });
    }

    @Test
    void key_isIdUnlessSomethingElseIsSaid() {
        contexts.withPropertyValues(
                        "deltatrace.collections.countries.key=cca3",
                        "deltatrace.collections.users.indexes[0].field=email")
                .run(context -> {
                    DeltaTraceProperties properties = context.getBean(DeltaTraceProperties.class);
                    assertThat(properties.keyOf("countries")).isEqualTo("cca3");
                    assertThat(properties.keyOf("users")).isEqualTo("id");
                    assertThat(properties.keyOf("others")).isEqualTo("id");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "indexes[0].unique=true, indexes[].field must be the name of a field",
        "key= , .key must be the name of a field",
    })
    void collectionWithoutAField_failsTheStart(String property, String message) {
        contexts.withPropertyValues("deltatrace.collections.users." + property)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(message));
    }
}
