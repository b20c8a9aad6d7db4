package io.deltatrace.spring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.condition.Condition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Sort;

/** What goes wrong comes as Spring's exceptions. */
class DeltaTraceExceptionTranslatorTests {

    record Thing(@Id @Nullable Long id, @Nullable Object value) {}

    private final DeltaTraceTemplate template = new DeltaTraceTemplate(DeltaTraceDatabase.inMemory(), null);

    @Test
    void databaseThatCannotBeWritten_isAResourceFailure(@TempDir Path directory) {
        try (DeltaTraceDatabase made = DeltaTraceDatabase.open(directory)) {
            new DeltaTraceTemplate(made, null).save(new Thing(null, "a"));
        }
        try (DeltaTraceDatabase readOnly = DeltaTraceDatabase.openReadOnly(directory)) {
            DeltaTraceTemplate reading = new DeltaTraceTemplate(readOnly, null);
            assertThat(reading.findAll(Thing.class)).hasSize(1);
            assertThatThrownBy(() -> reading.save(new Thing(null, "b")))
                    .isInstanceOf(DataAccessResourceFailureException.class);
        }
    }

    @Test
    void sortOfDifferentKinds_isABadRequest() {
        template.saveAll(List.of(new Thing(null, "a"), new Thing(null, 1)));
        assertThatThrownBy(() -> template.find(Thing.class, Condition.all(), Sort.by("value")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("value");
    }

    @Test
    void revisionToCome_cannotBeRetrieved() {
        assertThatThrownBy(() -> template.asOf(7)).isInstanceOf(DataRetrievalFailureException.class);
    }

    @Test
    void partOfAProperty_cannotBeSet() {
        record Outer(@Id @Nullable Long id, Thing inner) {}
        assertThatThrownBy(() -> template.update(Outer.class, Condition.all(), Map.of("inner.value", 1)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("inner.value");
    }

    @Test
    void whatIsNoTroubleOfTheDatabase_isLeftAlone() {
        DeltaTraceExceptionTranslator translator = new DeltaTraceExceptionTranslator();
        assertThat(translator.translateExceptionIfPossible(new IllegalStateException("closed")))
                .isNull();
        DataRetrievalFailureException translated = new DataRetrievalFailureException("gone");
        assertThat(translator.translateExceptionIfPossible(translated)).isSameAs(translated);
    }
}
