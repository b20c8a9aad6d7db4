package io.deltatrace.storage;

import java.nio.file.Path;

/** Says that the directory was written by a newer version of DeltaTrace, which this one does not understand. */
public final class NewerFormatException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** The directory, its format, and the newest format that is understood. */
    public NewerFormatException(Path directory, long format, long understood) {
        super(
                directory + " has format " + format + ", and this version of DeltaTrace understands formats up to "
                        + understood + ". Use the version that wrote it, or a newer one",
                null);
    }
}
