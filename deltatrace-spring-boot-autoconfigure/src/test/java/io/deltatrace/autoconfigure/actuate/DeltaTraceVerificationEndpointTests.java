package io.deltatrace.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.autoconfigure.actuate.DeltaTraceVerificationEndpoint.State;
import io.deltatrace.autoconfigure.actuate.DeltaTraceVerificationEndpoint.VerificationDescriptor;
import io.deltatrace.history.ChainReport;
import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.History;
import io.deltatrace.history.VerifyProgress;
import io.deltatrace.query.Query;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class DeltaTraceVerificationEndpointTests {

    private static final int ENTRIES = 300;

    @TempDir
    private Path directory;

    private ApplicationContextRunner contexts(String... properties) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DeltaTraceAutoConfiguration.class, DeltaTraceEndpointAutoConfiguration.class))
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=*",
                        "deltatrace.storage.directory=" + directory,
                        "deltatrace.storage.durability=os",
                        "deltatrace.storage.segment-size=8KB")
                .withPropertyValues(properties);
    }

    private static void fill(DeltaTraceDatabase database) {
        for (int n = 1; n <= ENTRIES; n++) {
            database.execute(Query.add("people", Map.of("n", n)));
        }
    }

    private static VerificationDescriptor ended(DeltaTraceVerificationEndpoint endpoint) throws InterruptedException {
        VerificationDescriptor verification = endpoint.verification();
        while (verification.state() == State.RUNNING) {
            TimeUnit.MILLISECONDS.sleep(1);
            verification = endpoint.verification();
        }
        return verification;
    }

    @Test
    void soundDirectory_isIntact() {
        contexts().run(context -> {
            fill(context.getBean(DeltaTraceDatabase.class));
            DeltaTraceVerificationEndpoint endpoint = context.getBean(DeltaTraceVerificationEndpoint.class);
            assertThat(endpoint.verification().state()).isEqualTo(State.NONE);

            assertThat(endpoint.verify().startedAt()).isNotNull();

            VerificationDescriptor verification = ended(endpoint);
            assertThat(verification.state()).isEqualTo(State.COMPLETED);
            assertThat(verification.verified()).isEqualTo(ENTRIES);
            assertThat(verification.total()).isEqualTo(ENTRIES);
            assertThat(verification.endedAt()).isAfterOrEqualTo(verification.startedAt());
            assertThat(verification.result().intact()).isTrue();
            assertThat(verification.result().verified()).isEqualTo(ENTRIES);
            assertThat(verification.result().firstRevision()).isEqualTo(1);
            assertThat(verification.result().fault()).isNull();
        });
    }

    @Test
    void damagedDirectory_openedReadOnly_tellsTheFirstFault() throws IOException {
        contexts().run(context -> fill(context.getBean(DeltaTraceDatabase.class)));
        Path segment = directory.resolve("journal/%019d.ndjson".formatted(1));
        String lines = Files.readString(segment);
        Files.writeString(segment, lines.replace("{\"n\":3}", "{\"n\":4}"));
        assertThat(lines).contains("{\"n\":3}");

        contexts("deltatrace.storage.read-only=true").run(context -> {
            DeltaTraceVerificationEndpoint endpoint = context.getBean(DeltaTraceVerificationEndpoint.class);
            endpoint.verify();

            VerificationDescriptor verification = ended(endpoint);
            assertThat(verification.state()).isEqualTo(State.COMPLETED);
            assertThat(verification.verified()).isEqualTo(2);
            assertThat(verification.total()).isGreaterThanOrEqualTo(2);
            assertThat(verification.result().intact()).isFalse();
            assertThat(verification.result().verified()).isEqualTo(2);
            ChainReport.Fault fault = verification.result().fault();
            assertThat(fault.revision()).isEqualTo(3);
            assertThat(fault.kind()).isEqualTo(ChainReport.Kind.EDITED);
            assertThat(fault.explanation()).contains("hash");
            assertThat(fault.place()).contains(segment.toString());
        });
    }

    @Test
    void checkpoint_findsOutWhatTheChainAloneDoesNot() {
        contexts().run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            fill(database);
            Checkpoint head = database.history().checkpoint();
            DeltaTraceVerificationEndpoint endpoint = context.getBean(DeltaTraceVerificationEndpoint.class);

            endpoint.verifyAgainst(head.toString());
            assertThat(ended(endpoint).result().intact()).isTrue();
            endpoint.verifyAgainst(new Checkpoint(ENTRIES + 5, head.hash()).toString());
            assertThat(ended(endpoint).result().fault().kind()).isEqualTo(ChainReport.Kind.CUT);
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                    .isThrownBy(() -> endpoint.verifyAgainst("head"))
                    .withMessage("A checkpoint looks like 'revision:hash'");
        });
    }

    /** A real database, whose verifications wait at their tenth entry until they are let go on. */
    private static final class Gate {

        private final DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);
        private final AtomicInteger verifications = new AtomicInteger();

        Gate() {
            fill(database);
        }

        DeltaTraceDatabase gated() {
            History history = instead(History.class, database.history(), "verify", arguments -> {
                verifications.incrementAndGet();
                VerifyProgress progress = (VerifyProgress) arguments[1];
                return database.history().verify(List.of(), (verified, total) -> {
                    progress.verified(verified, total);
                    if (verified == 10) {
                        arrived.countDown();
                        await(opened);
                    }
                });
            });
            return instead(DeltaTraceDatabase.class, database, "history", arguments -> history);
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The target with something else in place of one method. */
        private static <T> T instead(Class<T> type, T target, String method, Function<Object[], Object> replacement) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                        if (called.getName().equals(method)) {
                            return replacement.apply(arguments);
                        }
                        try {
                            return called.invoke(target, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }
    }

    @Test
    void whoeverAsksWhileOneRuns_isToldOfThatOne() throws InterruptedException {
        Gate gate = new Gate();
        try (DeltaTraceDatabase database = gate.gated()) {
            DeltaTraceVerificationEndpoint endpoint = new DeltaTraceVerificationEndpoint(database);
            VerificationDescriptor started = endpoint.verify();
            gate.arrived.await();

            VerificationDescriptor asked = endpoint.verify();
            assertThat(asked.state()).isEqualTo(State.RUNNING);
            assertThat(asked.startedAt()).isEqualTo(started.startedAt());
            assertThat(asked.verified()).isEqualTo(10);
            assertThat(asked.total()).isEqualTo(ENTRIES);
            assertThat(asked.endedAt()).isNull();
            assertThat(asked.result()).isNull();
            assertThat(endpoint.verification()).isEqualTo(asked);

            gate.opened.countDown();
            assertThat(ended(endpoint).result().intact()).isTrue();
            assertThat(gate.verifications).hasValue(1);
            endpoint.verify();
            assertThat(ended(endpoint).result().intact()).isTrue();
            assertThat(gate.verifications).hasValue(2);
        }
    }

    @Test
    void closingTheContext_stopsTheVerification_beforeTheDatabaseIsClosed() {
        Gate gate = new Gate();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DeltaTraceEndpointAutoConfiguration.class))
                .withBean(DeltaTraceDatabase.class, gate::gated)
                .withPropertyValues("management.endpoints.web.exposure.include=*")
                .run(context -> {
                    DeltaTraceVerificationEndpoint endpoint = context.getBean(DeltaTraceVerificationEndpoint.class);
                    endpoint.verify();
                    gate.arrived.await();
                    Thread closing = new Thread(context::close);
                    closing.start();
                    while (closing.getState() != Thread.State.WAITING) {
                        TimeUnit.MILLISECONDS.sleep(1);
                    }
                    assertThat(gate.database.snapshot().revision()).isEqualTo(ENTRIES);

                    gate.opened.countDown();
                    closing.join();

                    assertThat(endpoint.verification().state()).isEqualTo(State.STOPPED);
                    assertThat(endpoint.verification().verified()).isEqualTo(10);
                    assertThat(endpoint.verification().result()).isNull();
                    assertThat(endpoint.verification().endedAt()).isNotNull();
                    assertThatIllegalStateException()
                            .isThrownBy(gate.database::snapshot)
                            .withMessage("The database is closed");
                    assertThatIllegalStateException().isThrownBy(endpoint::verify);
                });
    }

    @Test
    void verificationThatCannotBeMade_hasFailed(CapturedOutput output) throws InterruptedException {
        DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();
        DeltaTraceVerificationEndpoint endpoint = new DeltaTraceVerificationEndpoint(database);
        database.close();

        endpoint.verify();

        assertThat(ended(endpoint).state()).isEqualTo(State.FAILED);
        assertThat(output).contains("The history could not be verified", "The database is closed");
    }
}
