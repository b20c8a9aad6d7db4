package io.deltatrace.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import java.util.Arrays;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jmx.JmxEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The endpoints in the MBean server of the platform. */
class ActuatorJmxTests {

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DeltaTraceAutoConfiguration.class,
                    DeltaTraceEndpointAutoConfiguration.class,
                    JmxAutoConfiguration.class,
                    EndpointAutoConfiguration.class,
                    JmxEndpointAutoConfiguration.class))
            .withPropertyValues(
                    "spring.jmx.enabled=true",
                    "spring.jmx.unique-names=true",
                    "management.endpoints.jmx.exposure.include=*",
                    "deltatrace.history.record=failed,denied,read",
                    "deltatrace.history.masked-fields=" + EveryRequest.MASKED_FIELDS);

    private interface Use {
        void of(Client client) throws JMException;
    }

    private void inApplication(Use use, String... properties) {
        contexts.withPropertyValues(properties).run(context -> {
            EveryRequest.fill(context.getBean(DeltaTraceDatabase.class));
            use.of(new Client(context.getBean(MBeanServer.class)));
        });
    }

    private record Client(MBeanServer server) {

        /** The answer of the operation, called with the arguments and null for those that are not given. */
        Map<?, ?> call(String endpoint, String operation, Object... arguments) throws JMException {
            ObjectName pattern = new ObjectName("org.springframework.boot:type=Endpoint,name=" + endpoint + ",*");
            ObjectName name = server.queryNames(pattern, null).iterator().next();
            MBeanOperationInfo info = Arrays.stream(server.getMBeanInfo(name).getOperations())
                    .filter(candidate -> candidate.getName().equals(operation))
                    .findFirst()
                    .orElseThrow();
            String[] signature = Arrays.stream(info.getSignature())
                    .map(MBeanParameterInfo::getType)
                    .toArray(String[]::new);
            return (Map<?, ?>) server.invoke(name, operation, Arrays.copyOf(arguments, signature.length), signature);
        }

        String wholeHistory() throws JMException {
            StringBuilder all = new StringBuilder(String.valueOf(call("Deltatracehistory", "history")));
            for (int revision = 1; revision <= 21; revision++) {
                all.append(call("Deltatracehistory", "entry", Integer.toString(revision)));
            }
            return all.append(call("Deltatracehistory", "versions", "people", "1"))
                    .append(call("Deltatracehistory", "versions", "people", "a-7"))
                    .toString();
        }
    }

    @Test
    void values_areNotShown_becauseNobodyKnowsWhoAsks() {
        inApplication(
                client -> {
                    assertThat(client.wholeHistory().contains(EveryRequest.PLAIN))
                            .isFalse();
                    assertThat(client.wholeHistory().contains(EveryRequest.MASKED))
                            .isFalse();
                    assertThat(client.wholeHistory()).contains("alice", "******");
                },
                "deltatrace.history.show-values=when-authorized");
    }

    @Test
    void values_areShown_ifTheyAlwaysAre_butNotThoseOfMaskedFields() {
        inApplication(
                client -> {
                    assertThat(client.wholeHistory()).contains("plain-Taro", "plain-Kuro");
                    assertThat(client.wholeHistory().contains(EveryRequest.MASKED))
                            .isFalse();
                },
                "deltatrace.history.show-values=always");
    }

    @Test
    void parameters_areGivenByPosition_andBadOnesAreRefused() {
        inApplication(client -> {
            Map<?, ?> page = client.call("Deltatracehistory", "history", "people", "alice", "add");
            assertThat(page.toString()).contains("revision=1,").doesNotContain("revision=2,");
            assertThatExceptionOfType(ReflectionException.class)
                    .isThrownBy(() -> client.call("Deltatracehistory", "history", null, null, "drop"))
                    .withMessageContaining("type must be one of add");
        });
    }

    @Test
    void databaseAndVerification_areThereToo() {
        inApplication(client -> {
            assertThat(client.call("Deltatrace", "database").toString()).contains("people={documents=2");
            assertThat(client.call("Deltatrace", "collection", "people").toString())
                    .contains("fields={id=2, name=2");
            assertThat(client.call("Deltatrace", "collection", "nobody")).isNull();
            client.call("Deltatraceverification", "verify");
            Map<?, ?> verification;
            do {
                verification = client.call("Deltatraceverification", "verification");
            } while (verification.get("state").equals("RUNNING"));
            assertThat(verification.toString()).contains("intact=true");
        });
    }
}
