package io.deltatrace.condition;

import io.deltatrace.document.Document;
import java.util.List;
import java.util.function.Predicate;

/** What the conditions that hold other conditions have in common. */
final class Nesting {

    private Nesting() {}

    static int depth(List<Condition> conditions) {
        return conditions.stream().mapToInt(Condition::depth).max().orElse(0);
    }

    static void check(List<Condition> conditions) {
        if (depth(conditions) >= Condition.MAX_DEPTH) {
            throw new IllegalArgumentException("Conditions are nested deeper than " + Condition.MAX_DEPTH);
        }
    }

    static List<Predicate<Document>> compile(List<Condition> conditions) {
        return conditions.stream().map(Condition::compile).toList();
    }
}
