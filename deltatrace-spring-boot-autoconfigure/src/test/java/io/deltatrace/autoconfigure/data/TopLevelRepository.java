package io.deltatrace.autoconfigure.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.deltatrace.spring.data.Collection;
import io.deltatrace.spring.data.DeltaTraceRepository;
import io.deltatrace.spring.data.Indexed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/** A repository as applications have them. */
interface TopLevelRepository extends DeltaTraceRepository<TopLevelRepository.Entry, Long> {

    @Collection("entries")
    record Entry(
            @Id @Nullable Long id,
            @Indexed(unique = true) String text,
            @Nullable Place place) {}

    record Place(
            @JsonProperty("town") @Indexed(ordered = true) String city) {}

    List<Entry> findByText(String text);
}
