package io.deltatrace.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why an application did not start whose Spring Boot is of another major version. */
final class SpringBootVersionFailureAnalyzer
        extends AbstractFailureAnalyzer<SpringBootVersionCheck.WrongVersionException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SpringBootVersionCheck.WrongVersionException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Use Spring Boot " + SpringBootVersionCheck.MAJOR
                        + ", or depend on deltatrace-core in place of the starter"
                        + " and make the DeltaTraceDatabase yourself: the core needs no Spring.",
                cause);
    }
}
