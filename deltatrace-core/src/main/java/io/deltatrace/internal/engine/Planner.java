package io.deltatrace.internal.engine;

import io.deltatrace.condition.And;
import io.deltatrace.condition.Comparison;
import io.deltatrace.condition.Condition;
import io.deltatrace.condition.ConditionVisitor;
import io.deltatrace.condition.Membership;
import io.deltatrace.condition.Not;
import io.deltatrace.condition.Or;
import io.deltatrace.condition.Regex;
import io.deltatrace.condition.TextMatch;
import io.deltatrace.condition.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the indexes of a collection can say of a condition. The answer is null where they cannot say anything: then all
 * documents have to be looked at.
 *
 * <p>How many rows an index would find is counted, not estimated. Of several ways to find what meets all of some conditions, the
 * one with the fewest rows is taken, and the other conditions are tested on the documents (the "access path selection" of
 * Selinger and others, SIGMOD 1979, where reading an index entry and a document cost about the same); conditions on one index
 * are one range together. What meets any of some conditions is found by indexes only if each of them is.
 */
final class Planner implements ConditionVisitor<@Nullable Candidates> {

    private final CollectionIndexes indexes;

    Planner(CollectionIndexes indexes) {
        this.indexes = indexes;
    }

    @Override
    public @Nullable Candidates comparison(Comparison condition) {
        Object value = condition.value();
        if (condition.valueType() != ValueType.AUTO) {
            return null;
        }
        if (condition.operator() == Comparison.Operator.EQUAL) {
            IndexState index = indexes.on(condition.field());
            return index == null ? null : Candidates.exactly(index.equalTo(value), condition);
        }
        IndexState index = indexes.orderedOn(condition.field());
        if (index == null || !(value instanceof Number || value instanceof String)) {
            return null;
        }
        KeyRange range = switch (condition.operator()) {
            case GREATER_THAN -> index.above(value, false);
            case GREATER_THAN_OR_EQUAL -> index.above(value, true);
            case LESS_THAN -> index.below(value, false);
            case LESS_THAN_OR_EQUAL -> index.below(value, true);
            case EQUAL, NOT_EQUAL -> null;
        };
        return range == null ? null : Candidates.exactly(range, condition);
    }

    @Override
    public @Nullable Candidates membership(Membership condition) {
        IndexState index = condition.negated() ? null : indexes.on(condition.field());
        return index == null
                ? null
                : new Candidates(condition.values().stream().map(index::equalTo).toList(), condition, null);
    }

    /** Numbers and all else have a text too, which is not in the order of the index; so these are all looked at, if there are any. */
    @Override
    public @Nullable Candidates textMatch(TextMatch condition) {
        IndexState index =
                condition.operator() == TextMatch.Operator.STARTS_WITH ? indexes.orderedOn(condition.field()) : null;
        if (index == null || !(condition.value() instanceof String prefix)) {
            return null;
        }
        KeyRange strings = index.startingWith(prefix);
        KeyRange others = index.otherThanText();
        return others.size() == 0
                ? Candidates.exactly(strings, condition)
                : new Candidates(List.of(strings, others), condition, condition);
    }

    @Override
    public @Nullable Candidates regex(Regex condition) {
        return null;
    }

    @Override
    public @Nullable Candidates not(Not condition) {
        return null;
    }

    @Override
    public @Nullable Candidates or(Or condition) {
        List<KeyRange> ranges = new ArrayList<>();
        boolean exact = true;
        for (Condition branch : condition.conditions()) {
            Candidates found = branch.accept(this);
            if (found == null) {
                return null;
            }
            ranges.addAll(found.ranges());
            exact &= found.isExact();
        }
        return new Candidates(ranges, condition, exact ? null : condition);
    }

    @Override
    public @Nullable Candidates and(And condition) {
        List<Condition> parts = condition.conditions();
        List<@Nullable Candidates> found = new ArrayList<>();
        Map<IndexState, KeyRange> together = new LinkedHashMap<>();
        for (Condition part : parts) {
            Candidates candidates = part.accept(this);
            found.add(candidates);
            KeyRange range = rangeOf(candidates);
            if (range != null) {
                together.merge(range.index(), range, KeyRange::and);
            }
        }
        KeyRange range = null;
        for (KeyRange one : together.values()) {
            if (range == null || one.size() < range.size()) {
                range = one;
            }
        }
        Candidates other = null;
        int otherPart = 0;
        for (int i = 0; i < parts.size(); i++) {
            Candidates one = found.get(i);
            if (one != null && rangeOf(one) == null && (other == null || one.size() < other.size())) {
                other = one;
                otherPart = i;
            }
        }
        if (other != null && (range == null || other.size() < range.size())) {
            List<Condition> rest = new ArrayList<>(parts);
            if (other.isExact()) {
                rest.remove(otherPart);
            }
            return new Candidates(other.ranges(), other.answered(), allOf(rest));
        }
        if (range == null) {
            return null;
        }
        List<Condition> answered = new ArrayList<>();
        List<Condition> rest = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            KeyRange own = rangeOf(found.get(i));
            (own != null && own.index() == range.index() ? answered : rest).add(parts.get(i));
        }
        return new Candidates(List.of(range), new And(answered), allOf(rest));
    }

    /** The range that is exactly what meets a condition; null if it takes another form. */
    private static @Nullable KeyRange rangeOf(@Nullable Candidates candidates) {
        return candidates != null && candidates.isExact() ? candidates.onlyRange() : null;
    }

    private static @Nullable Condition allOf(List<Condition> conditions) {
        return conditions.isEmpty() ? null : new And(conditions);
    }
}
