package io.deltatrace.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Who ends the connection of a stream, and when. */
class ChangeStreamTests {

    private final List<String> happened = new CopyOnWriteArrayList<>();
    private final AtomicReference<ChangeStream> stream = new AtomicReference<>();

    private ChangeStream stream(OutputStream out) {
        MockAsyncContext connection = new MockAsyncContext(new MockHttpServletRequest(), new MockHttpServletResponse());
        connection.addListener(new AsyncListener() {

            @Override
            public void onComplete(AsyncEvent event) {
                happened.add("connection ended");
            }

            @Override
            public void onTimeout(AsyncEvent event) {}

            @Override
            public void onError(AsyncEvent event) {}

            @Override
            public void onStartAsync(AsyncEvent event) {}
        });
        WebOptions.Changes options = new WebOptions.Changes(1, 1, Duration.ofMinutes(1), Duration.ofMinutes(1));
        stream.set(new ChangeStream(DeltaTraceDatabase.inMemory(), connection, out, name -> true, null, options));
        return stream.get();
    }

    @Test
    void connectionThatBrokeDuringAWrite_isEndedWhenTheWriterHasLetGo() throws Exception {
        AtomicReference<Thread> server = new AtomicReference<>();
        stream(new OutputStream() {

                    @Override
                    public void write(int b) throws IOException {
                        Thread thread = new Thread(() -> stream.get().failed());
                        server.set(thread);
                        thread.start();
                        while (thread.getState() != Thread.State.TIMED_WAITING) {
                            assertThat(thread.isAlive()).isTrue();
                            Thread.onSpinWait();
                        }
                        happened.add("write failed");
                        throw new IOException("Broken pipe");
                    }
                })
                .run();
        server.get().join();

        assertThat(happened).containsExactly("write failed", "connection ended");
    }

    @Test
    void streamThatIsOver_endsTheConnection() {
        ChangeStream stream = stream(OutputStream.nullOutputStream());
        stream.end();
        stream.run();
        stream.failed();

        assertThat(happened).containsExactly("connection ended");
    }
}
