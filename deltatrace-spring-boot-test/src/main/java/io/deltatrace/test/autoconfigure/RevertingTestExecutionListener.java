package io.deltatrace.test.autoconfigure;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Takes back what a test method does to the database. */
final class RevertingTestExecutionListener implements TestExecutionListener {

    private static final String REVISION = RevertingTestExecutionListener.class.getName() + ".revision";

    @Override
    public void beforeTestMethod(TestContext test) {
        test.setAttribute(REVISION, database(test).snapshot().revision());
    }

    @Override
    public void afterTestMethod(TestContext test) {
        DeltaTraceDatabase database = database(test);
        if (test.removeAttribute(REVISION) instanceof Long revision
                && database.snapshot().revision() != revision) {
            database.revertTo(
                    revision,
                    Cause.of(Actor.system("test"), test.getTestMethod().getName(), "the test is over"));
        }
    }

    private static DeltaTraceDatabase database(TestContext test) {
        return test.getApplicationContext().getBean(DeltaTraceDatabase.class);
    }
}
