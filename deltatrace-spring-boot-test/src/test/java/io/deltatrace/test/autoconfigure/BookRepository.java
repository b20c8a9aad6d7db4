package io.deltatrace.test.autoconfigure;

import io.deltatrace.spring.data.DeltaTraceRepository;
import java.util.List;

interface BookRepository extends DeltaTraceRepository<Book, Long> {

    List<Book> findByTitleContaining(String part);
}
