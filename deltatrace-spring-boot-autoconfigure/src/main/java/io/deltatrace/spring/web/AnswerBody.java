package io.deltatrace.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, sent while it is written. One that turns out not to be small is compressed if the client takes gzip; a
 * server that compresses by itself leaves alone what is compressed already.
 */
final class AnswerBody extends OutputStream {

    private static final int SMALL = 2048;

    private final HttpServletResponse response;
    private final boolean compressible;
    private final byte[] beginning = new byte[SMALL];
    private int length;
    private @Nullable OutputStream target;

    AnswerBody(HttpServletRequest request, HttpServletResponse response) {
        this.response = response;
        this.compressible = Collections.list(request.getHeaders("Accept-Encoding")).stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .anyMatch(AnswerBody::isGzip);
        response.addHeader("Vary", "Accept-Encoding");
    }

    private static boolean isGzip(String coding) {
        String[] parts = coding.toLowerCase(Locale.ROOT).replace(" ", "").split(";", 2);
        return parts[0].equals("gzip") && (parts.length == 1 || !parts[1].matches("q=0(\\.0*)?"));
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int count) throws IOException {
        if (target == null) {
            if (length + count <= SMALL) {
                System.arraycopy(source, offset, beginning, length, count);
                length += count;
                return;
            }
            target = open();
            target.write(beginning, 0, length);
        }
        target.write(source, offset, count);
    }

    private OutputStream open() throws IOException {
        if (!compressible) {
            return response.getOutputStream();
        }
        response.setHeader("Content-Encoding", "gzip");
        return new GZIPOutputStream(response.getOutputStream(), 8192);
    }

    @Override
    public void close() throws IOException {
        if (target == null) {
            response.setContentLength(length);
            target = response.getOutputStream();
            target.write(beginning, 0, length);
        }
        target.close();
    }
}
