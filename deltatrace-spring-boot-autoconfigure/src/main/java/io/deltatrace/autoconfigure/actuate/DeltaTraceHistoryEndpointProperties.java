package io.deltatrace.autoconfigure.actuate;

import java.util.Set;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of who sees which values in the history. They are apart from the others because only applications with Actuator
 * have {@link Show}.
 *
 * @param showValues when to show values in the history: those of documents, of requests and of conditions
 * @param roles the roles of users who may see values, with "when-authorized"; every user who is logged in if there are none
 * @param maskedFields fields whose values are never shown: names, at any depth, or dotted paths, after "collection:" for one
 *     collection only
 */
@ConfigurationProperties("deltatrace.history")
record DeltaTraceHistoryEndpointProperties(
        @DefaultValue("never") Show showValues,
        @DefaultValue Set<String> roles,
        @DefaultValue Set<String> maskedFields) {}
