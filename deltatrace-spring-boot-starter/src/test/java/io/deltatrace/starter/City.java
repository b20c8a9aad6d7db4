package io.deltatrace.starter;

import io.deltatrace.spring.data.Collection;
import io.deltatrace.spring.data.Indexed;
import org.springframework.data.annotation.Id;

@Collection("cities")
record City(@Id Long id, @Indexed(unique = true) String name) {}
