package io.deltatrace.json;

import io.deltatrace.condition.ValueType;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.Values;
import io.deltatrace.query.Sort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a sort: a {@code SingleSort} or a {@code MultiSort}. */
final class SortReader implements JsonCursor.FieldHandler {

    private final JsonCursor in;
    private @Nullable String className;
    private @Nullable FieldPath field;
    private boolean reversed;
    private @Nullable ValueType valueType;
    private @Nullable List<Sort.Order> orders;

    SortReader(JsonCursor in) {
        this.in = in;
    }

    Sort read() {
        in.object(this);
        if (className == null ? orders != null : className.equals("MultiSort")) {
            if (orders == null) {
                throw in.failure("A MultiSort needs 'sortOrders'");
            }
            return new Sort(orders);
        }
        return new Sort(List.of(order()));
    }

    private Sort.Order single() {
        SortReader inner = new SortReader(in);
        in.object(inner);
        return inner.order();
    }

    private Sort.Order order() {
        if (className != null && !className.equals("SingleSort")) {
            throw in.failure("Unknown className '" + Values.shown(className) + "' for a sort");
        }
        if (field == null) {
            throw in.failure("A SingleSort needs 'field'");
        }
        return new Sort.Order(field, reversed, valueType == null ? ValueType.AUTO : valueType);
    }

    @Override
    public boolean read(String name) {
        switch (name) {
            case "className" -> className = in.orNull(in::string);
            case "field" -> field = in.path();
            case "reversed" -> reversed = in.bool(false);
            case "vType" -> valueType = in.orNull(() -> in.named("vType", ValueType.values(), ValueType::wireName));
            case "sortOrders" -> orders = in.list(this::single);
            default -> {
                return false;
            }
        }
        return true;
    }
}
