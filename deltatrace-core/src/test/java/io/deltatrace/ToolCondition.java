package io.deltatrace;

import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests that need a tool which cannot run here, and says why: it does not know the JDK, or
 * is not allowed to attach itself to the process. Without it the tests would fail with something that has nothing to do with them.
 */
public abstract class ToolCondition implements ExecutionCondition {

    private final String tool;
    private @Nullable ConditionEvaluationResult result;

    protected ToolCondition(String tool) {
        this.tool = tool;
    }

    /** Does with the tool what does not fail where it can run. */
    protected abstract void use() throws Exception;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (result == null) {
            result = evaluate();
        }
        return result;
    }

    private ConditionEvaluationResult evaluate() {
        try {
            use();
            return ConditionEvaluationResult.enabled(tool + " runs");
        } catch (Throwable e) {
            Throwable reason = e instanceof InvocationTargetException ? e.getCause() : e;
            return ConditionEvaluationResult.disabled(
                    tool + " cannot run here, on Java " + Runtime.version() + ": " + reason);
        }
    }
}
