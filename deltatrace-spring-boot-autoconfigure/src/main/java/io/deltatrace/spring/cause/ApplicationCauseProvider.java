package io.deltatrace.spring.cause;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.cause.TemporalTrace;
import io.deltatrace.cause.TimestampNode;
import io.deltatrace.document.Document;
import io.deltatrace.document.DocumentBuilder;
import io.deltatrace.document.Timestamps;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Completes causes with what Spring knows in the thread that makes a request: who is authenticated, which HTTP request or job it
 * is, and why. Thread-safe.
 *
 * <p>What a cause says itself counts, except for who: where somebody is authenticated, that is who it was. Whatever is claimed
 * but known to be otherwise is kept in the cause's context, under {@value #CLAIMED}. Where nobody is authenticated, as in jobs, the
 * claim stands; without one it is {@code system}, or the job.
 */
final class ApplicationCauseProvider implements CauseProvider {

    static final String CLAIMED = "claimed";

    private static final String SERVER = "server";
    private static final String DATABASE = "database";

    private final Principals principals;
    private final Supplier<Map<String, String>> trace;
    private final InstantSource clock;

    /**
     * A provider of causes.
     *
     * @param trace identifies the trace that the thread is part of, by name; empty if there is none
     */
    ApplicationCauseProvider(Principals principals, Supplier<Map<String, String>> trace, InstantSource clock) {
        this.principals = principals;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Cause complete(@Nullable Cause given) {
        CauseContext here = CauseContext.current();
        String job = here.arrival() == null ? Jobs.current() : null;
        Actor authenticated = principals.authenticated(here);
        Actor claimed = given == null ? null : given.who();
        Actor who = authenticated != null ? authenticated : claimed != null ? claimed : unnamed(here, job);
        String from = from(here, job);
        return new Cause(
                given == null ? null : given.serial(),
                given == null ? null : given.chainParentSerial(),
                who,
                when(given, here),
                first(given == null ? null : given.what(), what(here, job)),
                first(given == null ? null : given.why(), why(here)),
                first(given == null ? null : given.from(), from),
                context(given, who, observed(given, here, from)),
                given == null ? 1.0 : given.confidenceScore());
    }

    private static Actor unnamed(CauseContext here, @Nullable String job) {
        if (here.arrival() != null) {
            return Principals.ANONYMOUS;
        }
        return Actor.system(job == null ? "system" : job);
    }

    private static @Nullable String what(CauseContext here, @Nullable String job) {
        Arrival arrival = here.arrival();
        return first(arrival == null ? job : arrival.handler(), here.method());
    }

    private static @Nullable String why(CauseContext here) {
        Arrival arrival = here.arrival();
        return first(here.said(), first(arrival == null ? null : arrival.reason(), here.declared()));
    }

    private static String from(CauseContext here, @Nullable String job) {
        if (here.arrival() != null) {
            return here.arrival().from();
        }
        if (job != null) {
            return "job " + job;
        }
        String thread = Thread.currentThread().getName();
        return thread.isEmpty() ? "virtual thread" : "thread " + thread;
    }

    private TemporalTrace when(@Nullable Cause given, CauseContext here) {
        Instant now = Timestamps.toMicros(clock.instant());
        TemporalTrace known = given == null || given.when() == null ? new TemporalTrace(List.of()) : given.when();
        TemporalTrace arrived = here.arrival() == null
                ? known
                : known.plus(new TimestampNode(here.arrival().at(), SERVER, null));
        return arrived.plus(new TimestampNode(now, DATABASE, null));
    }

    /** What is known for sure beside who it was. */
    private Map<String, String> observed(@Nullable Cause given, CauseContext here, String from) {
        Map<String, String> observed = new LinkedHashMap<>();
        Arrival arrival = here.arrival();
        if (arrival != null && arrival.id() != null) {
            observed.put("requestId", arrival.id());
        }
        observed.putAll(trace.get());
        if (given != null && given.from() != null && !given.from().equals(from)) {
            observed.put("from", from);
        }
        return observed;
    }

    /** What is known replaces what is claimed, which is kept. */
    private static @Nullable Document context(@Nullable Cause given, Actor who, Map<String, String> observed) {
        Document context = given == null || given.context() == null ? Document.empty() : given.context();
        DocumentBuilder claims = Document.builder();
        for (Map.Entry<String, String> known : observed.entrySet()) {
            Object claim = context.get(known.getKey());
            if (claim != null && !claim.equals(known.getValue())) {
                claims.put(known.getKey(), claim);
            }
            context = context.with(known.getKey(), known.getValue());
        }
        Actor claimed = given == null ? null : given.who();
        if (claimed != null && (claimed.type() != who.type() || !claimed.id().equals(who.id()))) {
            claims.put("type", claimed.type().wireName())
                    .put("id", claimed.id())
                    .put("name", claimed.name())
                    .put("email", claimed.email());
        }
        Document claim = claims.build();
        if (claim.size() > 0) {
            context = context.with(CLAIMED, claim);
        }
        return context.size() == 0 ? null : context;
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }
}
