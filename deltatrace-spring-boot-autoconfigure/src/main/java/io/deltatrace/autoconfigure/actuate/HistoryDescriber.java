package io.deltatrace.autoconfigure.actuate;

import io.deltatrace.access.QueryType;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.ActorDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.DiffDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.DocumentChangeDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.EffectDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.EntryDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.EntryDetailDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.TraceDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.VersionDescriptor;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.VersionsDescriptor;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.TemporalTrace;
import io.deltatrace.document.Document;
import io.deltatrace.history.Diff;
import io.deltatrace.history.DocumentChange;
import io.deltatrace.history.DocumentVersion;
import io.deltatrace.history.FieldChange;
import io.deltatrace.history.History;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.history.RevisionNotRetainedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;

/** Describes what the history says, with values as one caller may see them. */
final class HistoryDescriber {

    private final ValueRules rules;
    private final boolean showsValues;

    HistoryDescriber(ValueRules rules, boolean showsValues) {
        this.rules = rules;
        this.showsValues = showsValues;
    }

    private ShownValues values() {
        return new ShownValues(rules, showsValues);
    }

    static @Nullable ActorDescriptor who(HistoryEntry entry) {
        Cause cause = entry.request().cause();
        Actor who = cause == null ? null : cause.who();
        return who == null ? null : new ActorDescriptor(who.type().wireName(), who.id(), who.name());
    }

    EntryDescriptor entry(HistoryEntry entry) {
        Cause cause = entry.request().cause();
        TemporalTrace when = cause == null ? null : cause.when();
        HistoryEntry.Link link = entry.link();
        return new EntryDescriptor(
                entry.revision(),
                entry.committedAt(),
                entry.clockSetBackTo(),
                entry.outcome().wireName(),
                entry.collections(),
                entry.request().queryTypes().stream()
                        .sorted()
                        .map(QueryType::wireName)
                        .toList(),
                who(entry),
                cause == null ? null : cause.what(),
                cause == null ? null : cause.why(),
                cause == null ? null : cause.from(),
                when == null
                        ? List.of()
                        : when.nodes().stream()
                                .map(node -> new TraceDescriptor(node.timestamp(), node.location()))
                                .toList(),
                cause == null ? null : cause.serial(),
                cause == null ? null : cause.chainParentSerial(),
                cause == null ? null : cause.confidenceScore(),
                cause == null ? null : values().document(null, cause.context()),
                entry.updateCount(),
                entry.effects().stream()
                        .map(effect -> new EffectDescriptor(
                                effect.collection(),
                                effect.type().wireName(),
                                effect.updateCount(),
                                effect.collectionSize()))
                        .toList(),
                errorMessage(entry),
                link == null ? null : link.hash());
    }

    /** Ours have no values in them; but a reason to roll back is the application's, and may have. */
    private @Nullable String errorMessage(HistoryEntry entry) {
        if (entry.errorMessage() == null) {
            return null;
        }
        ShownValues values = values();
        new RequestDescription(values).of(entry.request());
        return values.anyHidden() ? SanitizableData.SANITIZED_VALUE : entry.errorMessage();
    }

    EntryDetailDescriptor entryWithDiff(HistoryEntry entry, History history) {
        Map<String, Object> request = new RequestDescription(values()).of(entry.request());
        try {
            return new EntryDetailDescriptor(entry(entry), request, diff(entry, history), null);
        } catch (RevisionNotRetainedException e) {
            return new EntryDetailDescriptor(entry(entry), request, null, e.getMessage());
        }
    }

    private DiffDescriptor diff(HistoryEntry entry, History history) {
        if (entry.outcome() != Outcome.APPLIED) {
            return new DiffDescriptor(List.of(), List.of(), 0, List.of());
        }
        Diff diff = history.diff(entry.revision() - 1, entry.revision());
        return new DiffDescriptor(
                diff.createdCollections(),
                diff.removedCollections(),
                diff.documents().size(),
                diff.documents().stream()
                        .limit(RequestDescription.MAX_DOCUMENTS)
                        .map(this::change)
                        .toList());
    }

    private DocumentChangeDescriptor change(DocumentChange change) {
        String collection = change.id().collection();
        ShownValues values = values();
        return new DocumentChangeDescriptor(
                collection,
                change.id().row(),
                change.kind(),
                change.fields().stream()
                        .map(field -> new FieldChange(
                                field.path(),
                                field.kind(),
                                values.value(collection, field.path(), field.before()),
                                values.value(collection, field.path(), field.after())))
                        .toList());
    }

    /**
     * A page of versions; null if there are no versions at all.
     *
     * @param all the versions of some documents, those of one document after each other and oldest first
     */
    @Nullable
    VersionsDescriptor versions(List<DocumentVersion> all, HistoryFilter page) {
        if (all.isEmpty()) {
            return null;
        }
        List<Step> steps = new ArrayList<>();
        DocumentVersion previous = null;
        for (DocumentVersion version : all) {
            boolean first = previous == null || !previous.id().equals(version.id());
            steps.add(new Step(first ? null : previous, version));
            previous = version;
        }
        steps.removeIf(step -> step.revision() >= page.before());
        steps.sort(Comparator.comparingLong(Step::revision).reversed());
        int end = Math.min(page.limit(), steps.size());
        // The next page begins with an earlier revision.
        while (end > 0
                && end < steps.size()
                && steps.get(end).revision() == steps.get(end - 1).revision()) {
            end++;
        }
        return new VersionsDescriptor(
                steps.subList(0, end).stream().map(this::version).toList(),
                end < steps.size() ? steps.get(end - 1).revision() : null);
    }

    private VersionDescriptor version(Step step) {
        DocumentVersion version = step.version();
        HistoryEntry entry = version.entry();
        return new VersionDescriptor(
                version.id().row(),
                entry == null ? null : entry(entry),
                entry == null ? null : change(step.change()),
                values().document(version.id().collection(), version.document()));
    }

    /**
     * A version and the one before it.
     *
     * @param before null for the first version that is known
     */
    private record Step(@Nullable DocumentVersion before, DocumentVersion version) {

        /** That of the entry, or 0 for what is older than the retained history. */
        long revision() {
            HistoryEntry entry = version.entry();
            return entry == null ? 0 : entry.revision();
        }

        DocumentChange change() {
            Document old = before == null ? null : before.document();
            return new DocumentChange(version.id(), old, version.document());
        }
    }
}
