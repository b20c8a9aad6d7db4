package io.deltatrace.spring.data;

import io.deltatrace.condition.And;
import io.deltatrace.condition.Comparison;
import io.deltatrace.condition.Condition;
import io.deltatrace.condition.ConditionVisitor;
import io.deltatrace.condition.Field;
import io.deltatrace.condition.Membership;
import io.deltatrace.condition.Not;
import io.deltatrace.condition.Or;
import io.deltatrace.condition.Regex;
import io.deltatrace.condition.TextMatch;
import io.deltatrace.document.Document;
import io.deltatrace.document.JsonFormatException;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.json.Json;
import io.deltatrace.query.SearchQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.repository.query.Parameter;
import org.springframework.data.repository.query.ParameterAccessor;
import org.springframework.data.repository.query.Parameters;
import org.springframework.util.ObjectUtils;

/**
 * The condition of a {@link Query}. It is read once; parameters take the place of values in what was read, so that no parameter is
 * ever read as JSON.
 */
final class DeclaredCondition {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\?(\\d+)|:([A-Za-z_]\\w*)");

    private final Condition condition;
    private final Parameters<?, ?> parameters;
    private final JsonProperties json;

    DeclaredCondition(String text, Parameters<?, ?> parameters, JsonProperties json) {
        this.condition = parse(text);
        this.parameters = parameters;
        this.json = json;
        condition.accept(new Binding(placeholder -> ""));
    }

    private static Condition parse(String text) {
        try {
            Document query = Document.builder()
                    .put("className", "Query")
                    .put("type", "search")
                    .put("target", "declared")
                    .put("queryNode", Document.parse(text))
                    .build();
            SearchQuery read = (SearchQuery) new Json(JsonLimits.DEFAULT).readRequest(query.toString());
            return Objects.requireNonNull(read.condition());
        } catch (JsonFormatException e) {
            throw new IllegalArgumentException("The condition cannot be read: " + e.getMessage(), e);
        }
    }

    Condition bind(ParameterAccessor values) {
        return condition.accept(new Binding(parameter -> values.getBindableValue(parameter)));
    }

    /** The index of the parameter that a value stands for; null if it is a plain value. */
    private @Nullable Integer parameter(@Nullable Object value) {
        Matcher placeholder = value instanceof String text ? PLACEHOLDER.matcher(text) : null;
        if (placeholder == null || !placeholder.matches()) {
            return null;
        }
        String name = placeholder.group(2);
        List<Integer> found = new ArrayList<>();
        int index = 0;
        for (Parameter parameter : parameters.getBindableParameters()) {
            boolean meant = name == null
                    ? index == Integer.parseInt(placeholder.group(1))
                    : name.equals(parameter.getName().orElse(null));
            if (meant) {
                found.add(index);
            }
            index++;
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("There is no parameter " + placeholder.group());
        }
        return found.get(0);
    }

    /** Makes a condition that has values where this one has placeholders. */
    private final class Binding implements ConditionVisitor<Condition> {

        private final Function<Integer, @Nullable Object> values;

        Binding(Function<Integer, @Nullable Object> values) {
            this.values = values;
        }

        private @Nullable Object bound(@Nullable Object value) {
            Integer parameter = parameter(value);
            return parameter == null ? value : json.stored(values.apply(parameter), null);
        }

        private List<Condition> all(List<Condition> conditions) {
            return conditions.stream().map(inner -> inner.accept(this)).toList();
        }

        @Override
        public Condition and(And and) {
            return new And(all(and.conditions()));
        }

        @Override
        public Condition or(Or or) {
            return new Or(all(or.conditions()));
        }

        @Override
        public Condition not(Not not) {
            return new Not(not.condition().accept(this));
        }

        @Override
        public Condition comparison(Comparison given) {
            return new Comparison(given.operator(), given.field(), bound(given.value()), given.valueType());
        }

        @Override
        public Condition textMatch(TextMatch given) {
            return new TextMatch(given.operator(), given.field(), bound(given.value()));
        }

        @Override
        public Condition membership(Membership given) {
            List<@Nullable Object> all = new ArrayList<>();
            for (Object value : given.values()) {
                Integer parameter = parameter(value);
                Object bound = parameter == null ? value : values.apply(parameter);
                if (parameter != null && bound != null && bound.getClass().isArray()) {
                    bound = Arrays.asList(ObjectUtils.toObjectArray(bound));
                }
                if (parameter != null && bound instanceof Collection<?> elements) {
                    elements.forEach(element -> all.add(json.stored(element, null)));
                } else {
                    all.add(json.stored(bound, null));
                }
            }
            Field field = Field.field(given.field().toString());
            return given.negated() ? field.notIn(all) : field.in(all);
        }

        @Override
        public Condition regex(Regex given) {
            Object pattern = bound(given.pattern());
            if (!(pattern instanceof String text)) {
                throw new IllegalArgumentException("A pattern must be a string");
            }
            return new Regex(given.field(), text);
        }
    }
}
