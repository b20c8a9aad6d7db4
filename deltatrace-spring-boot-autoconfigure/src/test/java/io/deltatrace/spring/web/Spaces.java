package io.deltatrace.spring.web;

import java.io.InputStream;
import java.util.Arrays;

/** As many spaces as are asked for; nowhere are they all together. */
final class Spaces extends InputStream {

    private long left;

    Spaces(long count) {
        left = count;
    }

    @Override
    public int read() {
        return left-- > 0 ? ' ' : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (left <= 0) {
            return -1;
        }
        int count = (int) Math.min(left, length);
        Arrays.fill(target, offset, offset + count, (byte) ' ');
        left -= count;
        return count;
    }
}
