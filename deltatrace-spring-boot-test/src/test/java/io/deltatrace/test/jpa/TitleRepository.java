package io.deltatrace.test.jpa;

import io.deltatrace.spring.data.DeltaTraceRepository;
import java.util.List;

interface TitleRepository extends DeltaTraceRepository<Title, Long> {

    List<Title> findByText(String text);
}
