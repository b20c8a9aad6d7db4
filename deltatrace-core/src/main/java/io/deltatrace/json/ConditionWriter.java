package io.deltatrace.json;

import io.deltatrace.condition.And;
import io.deltatrace.condition.Comparison;
import io.deltatrace.condition.Condition;
import io.deltatrace.condition.ConditionVisitor;
import io.deltatrace.condition.Membership;
import io.deltatrace.condition.Not;
import io.deltatrace.condition.Or;
import io.deltatrace.condition.Regex;
import io.deltatrace.condition.TextMatch;
import io.deltatrace.document.DocumentWriter;
import io.deltatrace.document.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes a condition. */
final class ConditionWriter implements ConditionVisitor<JsonGenerator> {

    private final JsonGenerator out;

    ConditionWriter(JsonGenerator out) {
        this.out = out;
    }

    @Override
    public JsonGenerator and(And condition) {
        return all("and_", condition.conditions());
    }

    @Override
    public JsonGenerator or(Or condition) {
        return all("or_", condition.conditions());
    }

    private JsonGenerator all(String type, List<Condition> conditions) {
        start(type);
        out.writeArrayPropertyStart("conditions");
        conditions.forEach(inner -> inner.accept(this));
        out.writeEndArray();
        return end("1");
    }

    @Override
    public JsonGenerator not(Not condition) {
        start("not_");
        out.writeName("condition");
        condition.condition().accept(this);
        return end("1");
    }

    @Override
    public JsonGenerator comparison(Comparison condition) {
        start(condition.operator().wireName(), condition.field());
        value(condition.value());
        out.writeStringProperty("vType", condition.valueType().wireName());
        return end("2");
    }

    @Override
    public JsonGenerator textMatch(TextMatch condition) {
        start(condition.operator().wireName(), condition.field());
        value(condition.value());
        return end("1");
    }

    @Override
    public JsonGenerator membership(Membership condition) {
        start(condition.negated() ? "notIn_" : "in_", condition.field());
        out.writeName("values");
        DocumentWriter.write(out, condition.values());
        return end(condition.negated() ? "2" : "1");
    }

    @Override
    public JsonGenerator regex(Regex condition) {
        start("regex_", condition.field());
        out.writeStringProperty("pattern", condition.pattern());
        return end("1");
    }

    private void start(String type, FieldPath field) {
        start(type);
        out.writeStringProperty("field", field.toString());
    }

    private void start(String type) {
        out.writeStartObject();
        out.writeStringProperty("type", type);
    }

    private void value(@Nullable Object value) {
        out.writeName("value");
        DocumentWriter.write(out, value);
    }

    private JsonGenerator end(String version) {
        out.writeStringProperty("version", version);
        return out.writeEndObject();
    }
}
