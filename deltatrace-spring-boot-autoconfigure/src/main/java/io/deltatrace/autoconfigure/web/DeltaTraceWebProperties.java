package io.deltatrace.autoconfigure.web;

import io.deltatrace.spring.web.Grants;
import io.deltatrace.spring.web.WebOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of the database over HTTP.
 *
 * @param enabled whether clients can use the database over HTTP
 * @param path the path, behind that of the application, below which the database is found
 * @param allowAnonymous whether to let everybody do everything where there is no Spring Security
 * @param deniedAsResult whether to answer what is not permitted by a result with "isSuccess": false and status 200, instead of
 *     by 401 or 403
 * @param permissions what roles may do, by role and collection; "[*]" stands for all collections
 * @param maxRequestSize the largest query
 * @param maxImportSize the largest import
 * @param maxConcurrentRequests how many queries are read and carried out at a time; others are answered by 429
 * @param requestTimeout how long a client may take to send its query
 * @param importTimeout how long a client may take to send its import
 * @param rememberedWrites how many of the newest writes with an idempotency key or a serial are remembered, to be applied once
 * @param changes the stream of changes
 */
@ConfigurationProperties("deltatrace.web")
public record DeltaTraceWebProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("/deltatrace") String path,
        @DefaultValue("false") boolean allowAnonymous,
        @DefaultValue("false") boolean deniedAsResult,
        @DefaultValue Map<String, Map<String, Set<String>>> permissions,
        @DefaultValue("16MB") DataSize maxRequestSize,
        @DefaultValue("1GB") DataSize maxImportSize,
        @DefaultValue("32") int maxConcurrentRequests,
        @DefaultValue("30s") Duration requestTimeout,
        @DefaultValue("10m") Duration importTimeout,
        @DefaultValue("10000") int rememberedWrites,
        @DefaultValue Changes changes) {

    /** Rejects a path that is none, or that of the whole application. */
    public DeltaTraceWebProperties {
        if (!path.matches("(/[\\w.~-]+)+")) {
            throw new IllegalArgumentException(
                    "deltatrace.web.path must be of the form /one or /one/two, without a '/' at the end, not '" + path
                            + "'");
        }
    }

    /**
     * How changes are streamed.
     *
     * @param maxConnections how many clients may be connected at a time
     * @param maxBehind how many revisions a client may be behind before it is told to read anew
     * @param heartbeat how often a client is sent something
     * @param maxDuration how long a client stays connected before it has to connect again, and be permitted again
     */
    public record Changes(
            @DefaultValue("100") int maxConnections,
            @DefaultValue("1000") int maxBehind,
            @DefaultValue("15s") Duration heartbeat,
            @DefaultValue("1h") Duration maxDuration) {}

    /** What the properties say of limits. */
    WebOptions options() {
        return new WebOptions(
                deniedAsResult,
                maxRequestSize.toBytes(),
                maxImportSize.toBytes(),
                maxConcurrentRequests,
                requestTimeout,
                importTimeout,
                rememberedWrites,
                new WebOptions.Changes(
                        changes.maxConnections(), changes.maxBehind(), changes.heartbeat(), changes.maxDuration()));
    }

    /** What the properties grant, by role. */
    Map<String, Grants> grants() {
        Map<String, Grants> grants = new LinkedHashMap<>();
        permissions.forEach((role, collections) -> collections.forEach(
                (collection, words) -> grants.merge(role, Grants.on(collection, words), Grants::and)));
        return grants;
    }
}
