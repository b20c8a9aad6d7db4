package io.deltatrace.autoconfigure.data;

import io.deltatrace.spring.data.Collection;
import io.deltatrace.spring.data.DeltaTraceRepository;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/** A repository as applications have them. */
interface TopLevelRepository extends DeltaTraceRepository<TopLevelRepository.Entry, Long> {

    @Collection("entries")
    record Entry(@Id @Nullable Long id, String text) {}

    List<Entry> findByText(String text);
}
