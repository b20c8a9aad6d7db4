package io.deltatrace.test.autoconfigure;

import org.springframework.stereotype.Service;

/** Something of the application that a test of its repositories has no use for. */
@Service
class UnwantedService {}
