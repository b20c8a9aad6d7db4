package io.deltatrace.condition;

/**
 * The beginning of a text as a number, with which most texts can be told apart without looking at them.
 *
 * <p>Of the eight bytes the first seven are the first characters, zeros after the last one, and the last byte is the length, or
 * {@value #LONGER} for any greater one. A text that has other characters than those of ISO 8859-1 among them has
 * {@link #UNKNOWN}. The idea is that of the texts of Neumann and Freitag: "Umbra: A disk-based system with in-memory
 * performance", CIDR 2020.
 */
public final class TextPrefix {

    /** The prefix of a text about which nothing is known. */
    public static final long UNKNOWN = 0xFF;

    /** How many characters a prefix has at most. */
    static final int MOST = 7;

    private static final int LONGER = MOST + 1;

    private TextPrefix() {}

    /** The prefix of a text. */
    public static long of(String text) {
        int length = Math.min(text.length(), MOST);
        long prefix = 0;
        for (int i = 0; i < length; i++) {
            char character = text.charAt(i);
            if (character > 0xFF) {
                return UNKNOWN;
            }
            prefix |= (long) character << ((MOST - i) * Byte.SIZE);
        }
        return prefix | Math.min(text.length(), LONGER);
    }

    /** The bits of the first characters, and maybe those of the length. */
    static long mask(int characters, boolean andLength) {
        long mask = characters == 0 ? 0 : -1L << ((Long.BYTES - characters) * Byte.SIZE);
        return andLength ? mask | 0xFF : mask;
    }

    /** The length of a text, or more than {@link #MOST}. */
    static int length(long prefix) {
        return (int) prefix & 0xFF;
    }
}
