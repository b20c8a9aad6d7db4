package io.deltatrace.fuzz;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;

/** The database that whatever is fuzzed meets: users and their orders, with texts, numbers, lists, objects, nulls and instants. */
final class Start {

    static final byte[] DATABASE = RecordedCases.database(0);
    static final Cause CAUSE = Cause.of(Actor.system("fuzzing"), "import", "something to ask for");

    private Start() {}
}
