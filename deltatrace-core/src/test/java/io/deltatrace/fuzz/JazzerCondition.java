package io.deltatrace.fuzz;

import io.deltatrace.ToolCondition;

/** Jazzer attaches an agent also where it only runs the seeds. */
final class JazzerCondition extends ToolCondition {

    JazzerCondition() {
        super("Jazzer");
    }

    @Override
    protected void use() throws Exception {
        // By its name, because it has annotations that are nowhere.
        Class.forName("com.code_intelligence.jazzer.third_party.net.bytebuddy.agent.ByteBuddyAgent")
                .getMethod("install")
                .invoke(null);
    }
}
