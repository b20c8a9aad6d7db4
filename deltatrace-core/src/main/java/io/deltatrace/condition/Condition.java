package io.deltatrace.condition;

import io.deltatrace.document.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A condition that a document meets or does not. Immutable; usually built from {@link Field#field(String)}.
 *
 * <p>Conditions can be nested {@value #MAX_DEPTH} deep; a deeper one does not construct.
 */
public sealed interface Condition permits And, Or, Not, FieldCondition {

    /** How deep conditions may be nested, the outermost included. */
    int MAX_DEPTH = 100;

    /** The condition that every document meets. */
    static Condition all() {
        return new And(List.of());
    }

    /** This condition and another one. */
    default Condition and(Condition other) {
        return new And(joined(this instanceof And and ? and.conditions() : List.of(this), other));
    }

    /** This condition or another one. */
    default Condition or(Condition other) {
        return new Or(joined(this instanceof Or or ? or.conditions() : List.of(this), other));
    }

    /** The opposite of this condition. */
    default Condition not() {
        return new Not(this);
    }

    /**
     * A test of documents for one run of a query. It remembers what it has seen, and is therefore not thread-safe: each run
     * compiles its own.
     *
     * @throws IllegalArgumentException if the condition has a pattern that does not compile
     */
    Predicate<Document> compile();

    /** What the visitor makes of this type of condition. */
    <R extends @Nullable Object> R accept(ConditionVisitor<R> visitor);

    /** How many conditions this one is deep, itself included. */
    default int depth() {
        return 1;
    }

    private static List<Condition> joined(List<Condition> conditions, Condition last) {
        List<Condition> joined = new ArrayList<>(conditions);
        joined.add(last);
        return joined;
    }
}
