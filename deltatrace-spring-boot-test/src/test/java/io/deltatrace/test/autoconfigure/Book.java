package io.deltatrace.test.autoconfigure;

import io.deltatrace.spring.data.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

@Collection("books")
record Book(@Id @Nullable Long id, String title) {}
