package io.deltatrace.spring.data;

import io.deltatrace.condition.And;
import io.deltatrace.condition.Comparison.Operator;
import io.deltatrace.condition.Condition;
import io.deltatrace.condition.Or;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.repository.query.Parameter;
import org.springframework.data.repository.query.ParameterAccessor;
import org.springframework.data.repository.query.Parameters;
import org.springframework.data.repository.query.parser.Part;
import org.springframework.data.repository.query.parser.PartTree;

/**
 * The condition that the name of a method says. What a name cannot say, or the database cannot tell, is an {@link
 * IllegalArgumentException} when the repository is made.
 *
 * <p>A keyword with {@code Not} is the opposite of the one without: it is met where the property is null. Only {@code NotEmpty} is
 * not.
 */
final class DerivedCondition {

    private static final Map<Part.Type, Operator> ORDERINGS = Map.of(
            Part.Type.LESS_THAN, Operator.LESS_THAN,
            Part.Type.BEFORE, Operator.LESS_THAN,
            Part.Type.LESS_THAN_EQUAL, Operator.LESS_THAN_OR_EQUAL,
            Part.Type.GREATER_THAN, Operator.GREATER_THAN,
            Part.Type.AFTER, Operator.GREATER_THAN,
            Part.Type.GREATER_THAN_EQUAL, Operator.GREATER_THAN_OR_EQUAL);

    private final List<List<Criterion>> alternatives = new ArrayList<>();

    /** What one part of the name says, given the values of its parameters, which it takes. */
    @FunctionalInterface
    private interface Criterion {

        Condition bind(Arguments values);
    }

    /** The values of the parameters of one call, in order. */
    private static final class Arguments {

        private final ParameterAccessor parameters;
        private int next;

        Arguments(ParameterAccessor parameters) {
            this.parameters = parameters;
        }

        @Nullable
        Object next() {
            return parameters.getBindableValue(next++);
        }
    }

    DerivedCondition(PartTree tree, StoredEntity<?> entity, Parameters<?, ?> parameters) {
        Iterator<? extends Parameter> unused =
                parameters.getBindableParameters().iterator();
        for (PartTree.OrPart alternative : tree) {
            List<Criterion> all = new ArrayList<>();
            for (Part part : alternative) {
                StoredField field = entity.field(part.getProperty().toDotPath());
                checkParameters(part, field, unused);
                all.add(criterion(part, field));
            }
            alternatives.add(all);
        }
        if (unused.hasNext()) {
            throw new IllegalArgumentException("It has more parameters than its name has places for");
        }
    }

    Condition bind(ParameterAccessor parameters) {
        if (alternatives.isEmpty()) {
            return Condition.all();
        }
        Arguments values = new Arguments(parameters);
        List<Condition> conditions = new ArrayList<>();
        for (List<Criterion> all : alternatives) {
            List<Condition> bound = new ArrayList<>();
            all.forEach(criterion -> bound.add(criterion.bind(values)));
            conditions.add(bound.size() == 1 ? bound.get(0) : new And(bound));
        }
        return conditions.size() == 1 ? conditions.get(0) : new Or(conditions);
    }

    private static void checkParameters(Part part, StoredField field, Iterator<? extends Parameter> unused) {
        for (int i = 0; i < part.getNumberOfArguments(); i++) {
            if (!unused.hasNext()) {
                throw new IllegalArgumentException("It has fewer parameters than its name has places for");
            }
            Class<?> given = unused.next().getType();
            boolean many = given.isArray() || Iterable.class.isAssignableFrom(given);
            switch (part.getType()) {
                case IN, NOT_IN -> require(many, part, "needs a collection of values");
                case SIMPLE_PROPERTY, NEGATING_SIMPLE_PROPERTY ->
                    require(
                            many || !field.isList(),
                            part,
                            "compares whole lists: to look for an element, say Containing");
                default -> require(!many, part, "needs a single value");
            }
        }
    }

    private static Criterion criterion(Part part, StoredField field) {
        Operator ordering = ORDERINGS.get(part.getType());
        if (ordering != null) {
            requireOrder(part, field);
            return values -> field.compared(ordering, values.next());
        }
        return switch (part.getType()) {
            case SIMPLE_PROPERTY -> equality(part, field);
            case NEGATING_SIMPLE_PROPERTY -> not(equality(part, field));
            case IS_NULL -> values -> field.isNull();
            case IS_NOT_NULL, EXISTS -> values -> field.isNotNull();
            case TRUE -> truth(part, field, true);
            case FALSE -> truth(part, field, false);
            case IN -> membership(part, field);
            case NOT_IN -> not(membership(part, field));
            case BETWEEN -> {
                requireOrder(part, field);
                yield values -> field.compared(Operator.GREATER_THAN_OR_EQUAL, values.next())
                        .and(field.compared(Operator.LESS_THAN_OR_EQUAL, values.next()));
            }
            case STARTING_WITH -> text(TextMatching.STARTING, part, field);
            case ENDING_WITH -> text(TextMatching.ENDING, part, field);
            case LIKE -> text(TextMatching.LIKE, part, field);
            case NOT_LIKE -> not(text(TextMatching.LIKE, part, field));
            case REGEX -> text(TextMatching.PATTERN, part, field);
            case CONTAINING -> containing(part, field);
            case NOT_CONTAINING -> not(containing(part, field));
            case IS_EMPTY -> empty(part, field);
            case IS_NOT_EMPTY -> {
                Criterion empty = empty(part, field);
                yield values -> field.isNotNull().and(empty.bind(values).not());
            }
            default ->
                throw new IllegalArgumentException(
                        "The database cannot tell '" + part.getProperty().toDotPath() + "' by "
                                + part.getType().getKeywords());
        };
    }

    private static Criterion not(Criterion criterion) {
        return values -> criterion.bind(values).not();
    }

    private static Criterion equality(Part part, StoredField field) {
        if (!ignoresCase(part, field)) {
            return values -> field.equalTo(values.next());
        }
        return values -> {
            Object value = values.next();
            return value == null ? field.isNull() : field.equalIgnoringCase(value.toString());
        };
    }

    private static Criterion membership(Part part, StoredField field) {
        require(part.shouldIgnoreCase() != Part.IgnoreCaseType.ALWAYS, part, "cannot ignore case in a list of values");
        return values -> field.in(required(values.next(), part));
    }

    private static Criterion truth(Part part, StoredField field, boolean wanted) {
        require(field.javaType() == Boolean.class, part, "needs a boolean property");
        return values -> field.equalTo(wanted);
    }

    private static Criterion empty(Part part, StoredField field) {
        require(field.isList() || field.isText(), part, "needs a property that is a list or a text");
        Object nothing = field.isList() ? List.of() : "";
        return values -> field.equalTo(nothing);
    }

    private static Criterion containing(Part part, StoredField field) {
        if (!field.isList()) {
            return text(TextMatching.CONTAINING, part, field);
        }
        require(part.shouldIgnoreCase() != Part.IgnoreCaseType.ALWAYS, part, "cannot ignore case in a list");
        return values -> field.contains(values.next());
    }

    private static Criterion text(TextMatching matching, Part part, StoredField field) {
        require(field.isText(), part, "needs a property that is a text");
        boolean ignoringCase = ignoresCase(part, field);
        return values -> matching.condition(field, required(values.next(), part).toString(), ignoringCase);
    }

    private static boolean ignoresCase(Part part, StoredField field) {
        require(
                part.shouldIgnoreCase() != Part.IgnoreCaseType.ALWAYS || field.isText(),
                part,
                "can ignore the case of text only");
        return part.shouldIgnoreCase() != Part.IgnoreCaseType.NEVER && field.isText();
    }

    private static void requireOrder(Part part, StoredField field) {
        require(
                field.isOrdered(),
                part,
                "needs a number, a text or a point in time: values of type "
                        + field.javaType().getSimpleName() + " are stored in no order");
    }

    private static void require(boolean fulfilled, Part part, String need) {
        if (!fulfilled) {
            throw new IllegalArgumentException("'" + part.getProperty().toDotPath() + "' with "
                    + part.getType().name() + " " + need);
        }
    }

    private static Object required(@Nullable Object value, Part part) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "A value is needed for '" + part.getProperty().toDotPath() + "' with "
                            + part.getType().name() + ", not null");
        }
        return value;
    }
}
