package io.deltatrace.autoconfigure;

import io.deltatrace.index.DuplicateKeysException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why an application did not start that has an index which cannot be unique. */
final class DuplicateKeysFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateKeysException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DuplicateKeysException cause) {
        return new FailureAnalysis(
                "A unique index on '" + cause.field() + "' of the collection '" + cause.collection()
                        + "' is declared, but documents there have the same value: " + cause.duplicates()
                        + " have one that an earlier document has.",
                "Declare the index without 'unique', find those documents and change them, and declare it again.",
                cause);
    }
}
