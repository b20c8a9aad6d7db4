package io.deltatrace.document;

/**
 * How much JSON input may ask for. Nesting is limited by {@link Document#MAX_DEPTH} in any case.
 *
 * @param maxConditionNodes the most nodes the condition of one query may have
 * @param maxDocumentSize the largest document, in characters: those of its names and strings, and {@value #VALUE_SIZE} for
 *     every value
 */
public record JsonLimits(int maxConditionNodes, int maxDocumentSize) {

    /** What a value counts on top of its text, in characters. */
    public static final int VALUE_SIZE = 4;

    /** 10,000 condition nodes; documents of 16 Mi characters. */
    public static final JsonLimits DEFAULT = new JsonLimits(10_000, Document.MAX_SIZE);

    /** Rejects limits below 1, and documents that are too large anyway. */
    public JsonLimits {
        if (maxConditionNodes < 1 || maxDocumentSize < 1) {
            throw new IllegalArgumentException("Limits must be at least 1");
        }
        if (maxDocumentSize > Document.MAX_SIZE) {
            throw new IllegalArgumentException("Documents cannot be larger than " + Document.MAX_SIZE);
        }
    }
}
