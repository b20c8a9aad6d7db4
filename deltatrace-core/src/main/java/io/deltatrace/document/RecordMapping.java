package io.deltatrace.document;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of a record by method handles. Documents written by it have one shape, and for documents of one shape it knows
 * where each component is.
 */
final class RecordMapping implements ValueMapping {

    /**
     * A component of the record.
     *
     * @param name of its field in a document
     * @param accessor which reads it
     * @param field in which the record has it
     * @param place which argument of the constructor it is
     * @param primitive whether it cannot be null
     */
    record Component(String name, Method accessor, Field field, int place, boolean primitive, ValueMapping mapping) {}

    private static final MethodType READ = MethodType.methodType(Object.class, Object.class);
    private static final MethodType CREATE = MethodType.methodType(Object.class, Object[].class);

    private final Component[] components;
    private final MethodHandle[] accessors;
    private final MethodHandle[] fields;
    private final MethodHandle constructor;
    private final boolean mayHaveOthers;
    private final Shape shape;
    private volatile Layout layout;

    /**
     * Of a record.
     *
     * @param components in the order in which they are written
     * @param mayHaveOthers whether a document may have other fields, which are ignored
     */
    RecordMapping(Constructor<?> canonical, List<Component> components, boolean mayHaveOthers)
            throws IllegalAccessException {
        this.components = components.toArray(Component[]::new);
        this.mayHaveOthers = mayHaveOthers;
        this.accessors = new MethodHandle[this.components.length];
        this.fields = new MethodHandle[this.components.length];
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        for (int i = 0; i < accessors.length; i++) {
            accessors[i] = lookup.unreflect(this.components[i].accessor()).asType(READ);
            fields[i] = lookup.unreflectGetter(this.components[i].field()).asType(READ);
        }
        this.constructor = lookup.unreflectConstructor(canonical)
                .asSpreader(Object[].class, accessors.length)
                .asType(CREATE);
        this.shape = Shape.of(components.stream().map(Component::name).toArray(String[]::new), accessors.length);
        this.layout = Layout.of(shape, this.components);
    }

    /** Where in a document of a shape each component is; {@link Shape#ABSENT} if it is not there. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this class
    private record Layout(Shape shape, int[] slots) {

        static Layout of(Shape shape, Component[] components) {
            int[] slots = new int[components.length];
            for (int i = 0; i < slots.length; i++) {
                slots[i] = shape.slot(components[i].name());
            }
            return new Layout(shape, slots);
        }
    }

    @Override
    public Document toValue(Object object) {
        @Nullable Object[] values = Document.places(components.length);
        for (int i = 0; i < components.length; i++) {
            Object part = read(accessors[i], object);
            values[i] = part == null ? null : components[i].mapping().toValue(part);
        }
        return new Document(shape, values);
    }

    @Override
    public Object toObject(Object value) {
        if (!(value instanceof Document document)) {
            return UNSURE;
        }
        Layout known = layout;
        if (known.shape() != document.shape()) {
            known = Layout.of(document.shape(), components);
            layout = known;
        }
        if (!mayHaveOthers && document.size() != components.length) {
            return UNSURE;
        }
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        for (int i = 0; i < arguments.length; i++) {
            int slot = known.slots()[i];
            if (slot == Shape.ABSENT) {
                return UNSURE;
            }
            Component component = components[i];
            Object part = document.value(slot);
            Object argument = part == null ? null : component.mapping().toObject(part);
            if (argument == UNSURE || (argument == null && component.primitive())) {
                return UNSURE;
            }
            arguments[component.place()] = argument;
        }
        return create(arguments);
    }

    /** Looks at the fields, because an accessor may hand out a copy of what the record has. */
    @Override
    public boolean isImmutable(Object object) {
        for (int i = 0; i < components.length; i++) {
            ValueMapping mapping = components[i].mapping();
            if (mapping instanceof ScalarMapping) {
                continue;
            }
            Object part = read(fields[i], object);
            if (part != null && !mapping.isImmutable(part)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Object read(MethodHandle accessor, Object object) {
        try {
            return (Object) accessor.invokeExact(object);
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private Object create(@Nullable Object[] arguments) {
        try {
            return (Object) constructor.invokeExact(arguments);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            // Jackson says of which document, and how the record refuses it.
            return UNSURE;
        }
    }
}
