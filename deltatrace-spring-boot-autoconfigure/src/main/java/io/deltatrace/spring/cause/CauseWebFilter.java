package io.deltatrace.spring.cause;

import io.deltatrace.document.Timestamps;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Takes note of HTTP requests to WebFlux, in the Reactor context. From there it gets into the threads that work on the request,
 * where Reactor's automatic context propagation is on ({@code spring.reactor.context-propagation=auto}).
 */
final class CauseWebFilter implements WebFilter, Ordered {

    private static final String USER = CauseWebFilter.class.getName() + ".user";

    /** Before the filter of Spring Security, whose order is -100. */
    private static final int ORDER = -110;

    private final CauseHeaders headers;
    private final InstantSource clock;

    CauseWebFilter(CauseHeaders headers, InstantSource clock) {
        this.headers = headers;
        this.clock = clock;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Arrival arrival = new ExchangeArrival(exchange, Timestamps.toMicros(clock.instant()), headers);
        return chain.filter(exchange)
                .contextWrite(context -> context.put(CauseContext.KEY, CauseContext.EMPTY.handling(arrival)));
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    /** Takes note of who has been authenticated, after Spring Security has found out. */
    static final class OfUser implements WebFilter, Ordered {

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            return exchange.getPrincipal()
                    .doOnNext(user -> exchange.getAttributes().put(USER, user))
                    .then(Mono.defer(() -> chain.filter(exchange)));
        }

        @Override
        public int getOrder() {
            return ORDER + 20;
        }
    }

    /** The handler is found after the filters, so the exchange is asked when somebody wants to know. */
    private record ExchangeArrival(ServerWebExchange exchange, Instant at, CauseHeaders headers) implements Arrival {

        @Override
        public String id() {
            String sent = header(headers.requestId());
            return sent == null ? exchange.getRequest().getId() : sent;
        }

        @Override
        public @Nullable String reason() {
            return header(headers.reason());
        }

        private @Nullable String header(String name) {
            return Arrival.text(exchange.getRequest().getHeaders().getFirst(name));
        }

        @Override
        public String from() {
            Object template = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
            InetSocketAddress address = exchange.getRequest().getRemoteAddress();
            return Arrival.from(
                    exchange.getRequest().getMethod().name(),
                    template == null ? exchange.getRequest().getPath().value() : template.toString(),
                    address == null ? null : address.getHostString());
        }

        @Override
        public @Nullable String handler() {
            Object handler = exchange.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE);
            return handler instanceof HandlerMethod method
                    ? CauseContext.nameOf(
                            method.getBeanType(), method.getMethod().getName())
                    : null;
        }

        @Override
        public @Nullable Principal user() {
            return exchange.getAttribute(USER);
        }
    }
}
