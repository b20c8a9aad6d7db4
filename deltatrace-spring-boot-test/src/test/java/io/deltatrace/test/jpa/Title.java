package io.deltatrace.test.jpa;

import io.deltatrace.spring.data.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

@Collection("titles")
record Title(@Id @Nullable Long id, String text) {}
