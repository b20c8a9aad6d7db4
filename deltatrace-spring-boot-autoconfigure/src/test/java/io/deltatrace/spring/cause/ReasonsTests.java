package io.deltatrace.spring.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReasonsTests {

    private static String reason() {
        return CauseContext.current().said();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(CauseContext.current()).isSameAs(CauseContext.EMPTY);
    }

    @Test
    void innerBlock_counts_andThenTheOuterAgain() {
        try (Reasons.Block outer = Reasons.because("outer")) {
            assertThat(outer).isNotNull();
            assertThat(reason()).isEqualTo("outer");
            Reasons.because("inner", () -> assertThat(reason()).isEqualTo("inner"));
            assertThat(Reasons.<String>because("other", ReasonsTests::reason)).isEqualTo("other");
            assertThat(reason()).isEqualTo("outer");
        }
        assertThat(reason()).isNull();
    }

    @Test
    void blockThatThrows_endsToo() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Reasons.because("why", (Runnable) () -> {
                    throw new IllegalStateException("no");
                }));
        assertThat(reason()).isNull();
    }

    @Test
    void reasonThatSaysNothing_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reasons.because(" "))
                .withMessage("A reason must say something");
    }

    @Test
    void otherThread_hasTheReason_ifTheContextIsPropagated() {
        ExecutorService plain = Executors.newSingleThreadExecutor();
        ExecutorService propagating = ContextExecutorService.wrap(
                plain, ContextSnapshotFactory.builder().build()::captureAll);
        try (Reasons.Block block = Reasons.because("why")) {
            assertThat(block).isNotNull();
            assertThat(CompletableFuture.supplyAsync(ReasonsTests::reason, propagating)
                            .join())
                    .isEqualTo("why");
            assertThat(CompletableFuture.supplyAsync(ReasonsTests::reason, plain)
                            .join())
                    .isNull();
        } finally {
            plain.shutdown();
        }
    }
}
