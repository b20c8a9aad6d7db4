package io.deltatrace.condition;

import io.deltatrace.document.Document;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Met by a document that meets at least one of the conditions; by none if there are none.
 *
 * @param conditions in the order in which they are tried
 */
public record Or(List<Condition> conditions) implements Condition {

    /** Copies the conditions and checks the depth. */
    public Or {
        conditions = List.copyOf(conditions);
        Nesting.check(conditions);
    }

    @Override
    public Predicate<Document> compile() {
        List<Predicate<Document>> tests = Nesting.compile(conditions);
        return document -> {
            for (Predicate<Document> test : tests) {
                if (test.test(document)) {
                    return true;
                }
            }
            return false;
        };
    }

    @Override
    public int depth() {
        return 1 + Nesting.depth(conditions);
    }

    @Override
    public <R extends @Nullable Object> R accept(ConditionVisitor<R> visitor) {
        return visitor.or(this);
    }
}
