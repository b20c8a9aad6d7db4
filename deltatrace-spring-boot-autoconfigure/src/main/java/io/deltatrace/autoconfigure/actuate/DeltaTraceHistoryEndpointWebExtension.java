package io.deltatrace.autoconfigure.actuate;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link DeltaTraceHistoryEndpoint} over HTTP, where it is known who asks. A wrong parameter is answered with 400 and a message
 * in the body, because Boot's own answer has it only if the application says so.
 */
@EndpointWebExtension(endpoint = DeltaTraceHistoryEndpoint.class)
public class DeltaTraceHistoryEndpointWebExtension {

    private final DeltaTraceHistoryEndpoint endpoint;
    private final Show showValues;
    private final Set<String> roles;

    DeltaTraceHistoryEndpointWebExtension(DeltaTraceHistoryEndpoint endpoint, Show showValues, Set<String> roles) {
        this.endpoint = endpoint;
        this.showValues = showValues;
        this.roles = roles;
    }

    /** See {@link DeltaTraceHistoryEndpoint#history}. */
    @ReadOperation
    public WebEndpointResponse<?> history(
            SecurityContext caller,
            @Nullable String collection,
            @Nullable String actor,
            @Nullable String type,
            @Nullable String outcome,
            @Nullable String from,
            @Nullable String to,
            @Nullable String before,
            @Nullable String limit) {
        return answer(() -> endpoint.history(
                HistoryParameters.filter(collection, actor, type, outcome, from, to, before, limit),
                showsValues(caller)));
    }

    /** See {@link DeltaTraceHistoryEndpoint#entry}. */
    @ReadOperation
    public WebEndpointResponse<?> entry(SecurityContext caller, @Selector String revision) {
        return answer(() -> endpoint.entry(revision, showsValues(caller)));
    }

    /** See {@link DeltaTraceHistoryEndpoint#versions}. */
    @ReadOperation
    public WebEndpointResponse<?> versions(
            SecurityContext caller,
            @Selector String collection,
            @Selector String key,
            @Nullable String before,
            @Nullable String limit) {
        return answer(() -> endpoint.versions(collection, key, before, limit, showsValues(caller)));
    }

    private boolean showsValues(SecurityContext caller) {
        return showValues.isShown(caller, roles);
    }

    private static WebEndpointResponse<?> answer(Supplier<@Nullable Object> body) {
        try {
            Object found = body.get();
            return found == null
                    ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND)
                    : new WebEndpointResponse<>(found);
        } catch (InvalidEndpointRequestException e) {
            return new WebEndpointResponse<>(
                    OperationResponseBody.of(Map.of("message", String.valueOf(e.getReason()))),
                    WebEndpointResponse.STATUS_BAD_REQUEST);
        }
    }
}
