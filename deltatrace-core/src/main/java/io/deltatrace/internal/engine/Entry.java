package io.deltatrace.internal.engine;

import io.deltatrace.query.Request;
import java.time.Instant;

/**
 * A request with everything about it that is not determined by the state: applying it needs no clock.
 *
 * @param revision the number it gets if it is applied
 * @param committedAt when it is applied
 * @param request what is asked for, with its completed cause
 */
public record Entry(long revision, Instant committedAt, Request request) {}
