package io.deltatrace.condition;

import io.deltatrace.document.Document;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Met by a document that does not meet the condition.
 *
 * @param condition the opposite
 */
public record Not(Condition condition) implements Condition {

    /** Checks the depth. */
    public Not {
        Nesting.check(List.of(condition));
    }

    @Override
    public Predicate<Document> compile() {
        return condition.compile().negate();
    }

    @Override
    public int depth() {
        return 1 + condition.depth();
    }

    @Override
    public <R extends @Nullable Object> R accept(ConditionVisitor<R> visitor) {
        return visitor.not(this);
    }
}
