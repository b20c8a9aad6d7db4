package io.deltatrace.spring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.deltatrace.DeltaTraceDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.annotation.Id;
import org.springframework.data.geo.Distance;
import org.springframework.data.geo.Point;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.QueryCreationException;

/** What the name of a method cannot say fails when the repository is made, and names the method. */
class RefusedQueryTests {

    enum Kind {
        A,
        B
    }

    record Part(String name) {}

    record Thing(
            @Id Long id,
            String name,
            Kind kind,
            Duration length,
            List<Part> parts,
            Map<String, Part> named,
            Point where,
            int size,
            @JsonIgnore String secret,
            @JsonUnwrapped Part core) {}

    interface Things extends Repository<Thing, Long> {}

    interface Near extends Things {
        List<Thing> findByWhereNear(Point point, Distance distance);
    }

    interface Distinct extends Things {
        List<Thing> findDistinctByName(String name);
    }

    interface OrderOfEnum extends Things {
        List<Thing> findByKindLessThan(Kind kind);
    }

    interface OrderOfDuration extends Things {
        List<Thing> findByLengthBetween(Duration from, Duration to);
    }

    interface InsideList extends Things {
        List<Thing> findByPartsName(String name);
    }

    interface InsideMap extends Things {
        List<Thing> findByNamedName(String name);
    }

    interface ListAsElement extends Things {
        List<Thing> findByParts(Part part);
    }

    interface TextOfNumber extends Things {
        List<Thing> findBySizeStartingWith(String digits);
    }

    interface CaseOfNumber extends Things {
        List<Thing> findBySizeIgnoreCase(int size);
    }

    interface TruthOfNumber extends Things {
        List<Thing> findBySizeTrue();
    }

    interface EmptyNumber extends Things {
        List<Thing> findBySizeIsEmpty();
    }

    interface TooMany extends Things {
        List<Thing> findByName(String name, String other);
    }

    interface TooFew extends Things {
        List<Thing> findByNameAndSize(String name);
    }

    interface SingleIn extends Things {
        List<Thing> findByNameIn(String name);
    }

    interface Ignored extends Things {
        List<Thing> findBySecret(String secret);
    }

    interface Unwrapped extends Things {
        List<Thing> findByCoreName(String name);
    }

    interface UnknownProperty extends Things {
        List<Thing> findByColour(String colour);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Near.class,
                Distinct.class,
                OrderOfEnum.class,
                OrderOfDuration.class,
                InsideList.class,
                InsideMap.class,
                ListAsElement.class,
                TextOfNumber.class,
                CaseOfNumber.class,
                TruthOfNumber.class,
                EmptyNumber.class,
                TooMany.class,
                TooFew.class,
                SingleIn.class,
                Ignored.class,
                Unwrapped.class,
                UnknownProperty.class
            })
    void whatCannotBeSaid_failsAtTheStart(Class<?> repository) {
        DeltaTraceTemplate template = new DeltaTraceTemplate(DeltaTraceDatabase.inMemory(), null);
        assertThatThrownBy(() -> People.repository(repository, template))
                .isInstanceOf(QueryCreationException.class)
                .asString()
                .contains(repository.getDeclaredMethods()[0].getName());
    }

    interface Fine extends Things {
        List<Thing> findByNameContaining(String part);
    }

    @Test
    void nullWhereAValueIsNeeded_isABadRequest() {
        Fine things = People.repository(Fine.class, new DeltaTraceTemplate(DeltaTraceDatabase.inMemory(), null));
        assertThat(things.findByNameContaining("a")).isEmpty();
        assertThatThrownBy(() -> things.findByNameContaining(null)).isInstanceOf(IllegalArgumentException.class);
    }

    record NoId(String name) {}

    interface WithoutId extends Repository<NoId, Long> {}

    static class Zero {
        @Id
        private long id;

        public long getId() {
            return id;
        }

        public void setId(long id) {
            this.id = id;
        }
    }

    interface ZeroIsAnId extends Repository<Zero, Long> {}

    @Test
    void entityThatCannotBeTold_isRefused() {
        DeltaTraceTemplate template = new DeltaTraceTemplate(DeltaTraceDatabase.inMemory(), null);
        assertThatThrownBy(() -> People.repository(WithoutId.class, template)).hasMessageContaining("@Id");
        assertThatThrownBy(() -> People.repository(ZeroIsAnId.class, template))
                .hasStackTraceContaining("must be negative, because 0 is the id of the first one");
        assertThatThrownBy(() -> template.count(NoId.class, io.deltatrace.condition.Condition.all()))
                .isNotInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("@Id");
    }
}
