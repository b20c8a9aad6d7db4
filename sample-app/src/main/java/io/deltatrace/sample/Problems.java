package io.deltatrace.sample;

import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.history.UndoConflictException;
import io.deltatrace.transaction.LockNotAcquiredException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What cannot be done, as answers that say what to do (RFC 9457). Spring knows the rest. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Problems {

    private static final String RETRY_AFTER_SECONDS = "1";

    static ResponseStatusException noSuchCountry(String code) {
        return notFound("There is no country with the code " + code);
    }

    static ResponseStatusException notFound(String detail) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, detail);
    }

    static ResponseStatusException badRequest(String detail) {
        return new ResponseStatusException(HttpStatus.BAD_REQUEST, detail);
    }

    static ResponseStatusException conflict(String detail) {
        return new ResponseStatusException(HttpStatus.CONFLICT, detail);
    }

    @ExceptionHandler
    ProblemDetail notRetained(RevisionNotRetainedException e) {
        return problem(HttpStatus.NOT_FOUND, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail changedSince(UndoConflictException e) {
        ProblemDetail problem = problem(HttpStatus.CONFLICT, e.getMessage());
        problem.setProperty(
                "laterRevisions",
                e.laterEntries().stream().map(HistoryEntry::revision).toList());
        return problem;
    }

    /** In a transaction, and outside of one. It has waited for as long as the configuration says; nothing has been changed. */
    @ExceptionHandler({CannotAcquireLockException.class, LockNotAcquiredException.class})
    ResponseEntity<ProblemDetail> busy(RuntimeException e) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .body(problem(
                        HttpStatus.SERVICE_UNAVAILABLE, "Others are writing; nothing has been changed, try again"));
    }

    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException e) {
        Throwable cause = e.getMostSpecificCause();
        if (cause instanceof UnrecognizedPropertyException unknown) {
            return problem(HttpStatus.BAD_REQUEST, "There is no field '" + unknown.getPropertyName() + "' here");
        }
        return problem(
                HttpStatus.BAD_REQUEST,
                cause instanceof IllegalArgumentException
                        ? cause.getMessage()
                        : "This is not the JSON that is expected");
    }

    @ExceptionHandler
    ProblemDetail mistyped(MethodArgumentTypeMismatchException e) {
        return problem(HttpStatus.BAD_REQUEST, "'" + e.getName() + "' cannot be '" + e.getValue() + "'");
    }

    /** What cannot be stored, or searched for. */
    @ExceptionHandler({IllegalArgumentException.class, InvalidDataAccessApiUsageException.class})
    ProblemDetail refused(RuntimeException e) {
        return problem(HttpStatus.BAD_REQUEST, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail unknownUser(AuthenticationException e) {
        return problem(HttpStatus.UNAUTHORIZED, "Log in with HTTP Basic");
    }

    @ExceptionHandler
    ProblemDetail notPermitted(AccessDeniedException e) {
        return problem(HttpStatus.FORBIDDEN, "Your roles do not include this");
    }

    private static ProblemDetail problem(HttpStatus status, @Nullable String detail) {
        return ProblemDetail.forStatusAndDetail(status, detail);
    }
}
