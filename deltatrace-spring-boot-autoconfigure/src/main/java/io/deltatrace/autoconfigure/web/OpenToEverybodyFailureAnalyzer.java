package io.deltatrace.autoconfigure.web;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why an application did not start whose database would be open to everybody. */
final class OpenToEverybodyFailureAnalyzer extends AbstractFailureAnalyzer<OpenToEverybodyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, OpenToEverybodyException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Add spring-boot-starter-security and say who may do what (docs/clients.md), declare a bean of type"
                        + " PermissionResolver, or set deltatrace.web.allow-anonymous=true if everybody may do everything.",
                cause);
    }
}
