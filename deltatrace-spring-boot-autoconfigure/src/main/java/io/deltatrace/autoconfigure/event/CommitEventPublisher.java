package io.deltatrace.autoconfigure.event;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.Subscription;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes an event for each commit, from when all beans are there until the application's context is closed. */
final class CommitEventPublisher implements SmartInitializingSingleton, DisposableBean {

    private final DeltaTraceDatabase database;
    private final ApplicationEventPublisher publisher;
    private @Nullable Subscription subscription;

    CommitEventPublisher(DeltaTraceDatabase database, ApplicationEventPublisher publisher) {
        this.database = database;
        this.publisher = publisher;
    }

    @Override
    public void afterSingletonsInstantiated() {
        subscription = database.onCommit(entry -> publisher.publishEvent(new DeltaTraceCommitEvent(entry)));
    }

    @Override
    public void destroy() {
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
