package io.deltatrace.starter;

import io.deltatrace.spring.data.DeltaTraceRepository;
import java.util.List;

interface CityRepository extends DeltaTraceRepository<City, Long> {

    List<City> findByNameStartingWith(String part);
}
