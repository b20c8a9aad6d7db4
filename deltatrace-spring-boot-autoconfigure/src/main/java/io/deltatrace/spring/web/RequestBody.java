package io.deltatrace.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The body of a request, which must not be too large and not take too long. It is counted while it is read, because what the
 * headers say of its length need not be true.
 */
final class RequestBody extends InputStream {

    private final InputStream body;
    private final long limit;
    private final long deadline;
    private long count;

    /**
     * The body of a request.
     *
     * @param limit how large it may be, in bytes
     */
    RequestBody(HttpServletRequest request, long limit, Duration timeout) throws IOException {
        if (request.getContentLengthLong() > limit) {
            throw Problem.bodyTooLarge(limit);
        }
        this.body = request.getInputStream();
        this.limit = limit;
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    /**
     * Reads on for a while, and forgets what it reads: a client that is still sending when the connection is closed may never
     * see the answer.
     */
    static void discard(HttpServletRequest request, Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        InputStream rest = request.getInputStream();
        byte[] forgotten = new byte[8192];
        while (System.nanoTime() < deadline) {
            if (rest.read(forgotten) < 0) {
                return;
            }
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (System.nanoTime() >= deadline) {
            throw Problem.bodyTooSlow();
        }
        int read;
        try {
            read = body.read(target, offset, length);
        } catch (SocketTimeoutException e) {
            throw Problem.bodyTooSlow();
        } catch (IOException e) {
            throw Problem.badRequest("The body of the request broke off");
        }
        if (read > 0) {
            count += read;
            if (count > limit) {
                throw Problem.bodyTooLarge(limit);
            }
        }
        return read;
    }
}
