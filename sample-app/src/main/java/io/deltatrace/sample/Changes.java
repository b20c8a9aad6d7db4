package io.deltatrace.sample;

import static org.springframework.web.context.request.RequestAttributes.SCOPE_REQUEST;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.event.DeltaTraceCommitEvent;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.ActorType;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** What has happened to the countries. */
@Service
class Changes {

    /** How many of the newest changes are looked through. */
    private static final int NEWEST = 1_000;

    private final DeltaTraceDatabase database;

    Changes(DeltaTraceDatabase database) {
        this.database = database;
    }

    /** The newest changes of countries, newest first. */
    List<Change> find(@Nullable ActorType actor, double maxConfidence) {
        HistoryFilter filter = HistoryFilter.collection(Country.COLLECTION)
                .outcome(Outcome.APPLIED)
                .limit(NEWEST);
        if (actor != null) {
            filter = filter.actorType(actor);
        }
        return database.history().entries(filter).stream()
                .filter(Changes::hasChangedCountries)
                .map(Change::of)
                .filter(change -> change.confidence() <= maxConfidence)
                .toList();
    }

    /** Takes back a change that a user has made. Nothing is erased: the history tells of both. */
    void undo(long revision, String user) {
        HistoryEntry entry =
                database
                        .history()
                        .entries(HistoryFilter.all().after(revision - 1).before(revision + 1))
                        .stream()
                        .findFirst()
                        .orElseThrow(() -> Problems.notFound("There is no change with the revision " + revision));
        if (!hasChangedCountries(entry) || Change.of(entry).actor().equals(ActorType.SYSTEM.wireName())) {
            throw Problems.conflict("Revision " + revision + " is no correction of countries");
        }
        database.undo(revision, Cause.of(Actor.human(user), "undo of revision " + revision, null));
    }

    private static boolean hasChangedCountries(HistoryEntry entry) {
        return entry.effects().stream().anyMatch(effect -> effect.collection().equals(Country.COLLECTION));
    }

    /** What the HTTP request that is being handled has changed. */
    Change ofThisRequest() {
        Object change =
                RequestContextHolder.currentRequestAttributes().getAttribute(Change.class.getName(), SCOPE_REQUEST);
        return Objects.requireNonNull((Change) change, "The request has changed nothing");
    }

    /** The event comes in the thread that made the change. */
    @EventListener
    void remember(DeltaTraceCommitEvent event) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.setAttribute(Change.class.getName(), Change.of(event.entry()), SCOPE_REQUEST);
        }
    }
}
