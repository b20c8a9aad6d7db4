package io.deltatrace.fuzz;

import com.code_intelligence.jazzer.driver.FuzzedDataProviderImpl;
import com.code_intelligence.jazzer.third_party.net.bytebuddy.agent.ByteBuddyAgent;
import io.deltatrace.ToolCondition;

/** Jazzer attaches an agent also where it only runs the seeds. */
final class JazzerCondition extends ToolCondition {

    JazzerCondition() {
        super("Jazzer");
    }

    @Override
    protected void use() {
        ByteBuddyAgent.install();
        FuzzedDataProviderImpl.withJavaData(new byte[1]).close();
    }
}
