package io.deltatrace.document;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Instant;
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
     */
    record Component(String name, Method accessor, Field field, int place, ValueMapping mapping) {

        /** What a document has of a part: an instant stays one, see {@link Document}. */
        @Nullable
        Object stored(@Nullable Object part) {
            if (part == null) {
                return null;
            }
            return mapping == ScalarMapping.INSTANT && CanonicalInstant.isWritable((Instant) part)
                    ? part
                    : mapping.toValue(part);
        }

        /** The part of a record that a document describes in a place, or {@link #UNSURE}. */
        @Nullable
        Object part(Document document, int slot) {
            Object value = mapping == ScalarMapping.INSTANT ? document.stored(slot) : document.value(slot);
            return value == null ? null : mapping.toObject(value);
        }

        /** As {@link #part}, for a handle, which cannot answer that it is unsure: not every type of a parameter would take that. */
        @Nullable
        Object certainPart(Document document, int slot) {
            Object part = part(document, slot);
            if (part == UNSURE) {
                throw new Unsure();
            }
            return part;
        }
    }

    /** Ends the making of a record; Jackson makes it. */
    private static final class Unsure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unsure() {
            super(null, null, false, false);
        }
    }

    private static final MethodType READ = MethodType.methodType(Object.class, Object.class);
    private static final MethodType WRITE = MethodType.methodType(Object[].class, Object.class);
    private static final MethodType CREATE_OF = MethodType.methodType(Object.class, Document.class);
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType PART = MethodType.methodType(Object.class, Document.class, int.class);

    private final Component[] components;
    private final MethodHandle[] fields;

    /** Makes the places of a document of a record: all accessors and mappings in one handle, so that they are compiled as one. */
    private final MethodHandle writer;

    /** Makes a record of a document of the own shape, likewise. */
    private final MethodHandle reader;

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
        this.fields = new MethodHandle[this.components.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = LOOKUP.unreflectGetter(this.components[i].field()).asType(READ);
        }
        MethodHandle create = LOOKUP.unreflectConstructor(canonical);
        this.writer = writer(this.components);
        this.reader = reader(create, this.components).asType(READ);
        this.constructor =
                create.asSpreader(Object[].class, this.components.length).asType(READ);
        this.shape = Shape.of(components.stream().map(Component::name).toArray(String[]::new), components.size());
        this.layout = Layout.of(shape, this.components);
    }

    /** A method of a component. In a native image it may be missing; then Jackson converts, as with anything else that is. */
    private static MethodHandle ofComponent(String name, MethodType type) throws IllegalAccessException {
        try {
            return LOOKUP.findVirtual(Component.class, name, type);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle writer(Component[] components) throws IllegalAccessException {
        MethodHandle stored = ofComponent("stored", READ);
        MethodHandle[] parts = new MethodHandle[components.length];
        for (int i = 0; i < parts.length; i++) {
            MethodHandle accessor = LOOKUP.unreflect(components[i].accessor()).asType(READ);
            parts[i] = MethodHandles.filterReturnValue(accessor, stored.bindTo(components[i]));
        }
        MethodHandle places = MethodHandles.identity(Object[].class).asCollector(Object[].class, parts.length + 1);
        MethodHandle filled = MethodHandles.insertArguments(places, parts.length, (Object) null);
        return ofOne(MethodHandles.filterArguments(filled, 0, parts), WRITE);
    }

    private static MethodHandle reader(MethodHandle create, Component[] components) throws IllegalAccessException {
        MethodHandle part = ofComponent("certainPart", PART);
        MethodHandle[] parts = new MethodHandle[components.length];
        for (int slot = 0; slot < parts.length; slot++) {
            Component component = components[slot];
            parts[component.place()] = MethodHandles.insertArguments(part, 2, slot)
                    .bindTo(component)
                    .asType(MethodType.methodType(create.type().parameterType(component.place()), Document.class));
        }
        return ofOne(MethodHandles.filterArguments(create, 0, parts), CREATE_OF);
    }

    /** A handle that gives its only argument to each parameter of another one. */
    private static MethodHandle ofOne(MethodHandle handle, MethodType type) {
        return MethodHandles.permuteArguments(
                handle.asType(handle.type().changeReturnType(type.returnType())),
                type,
                new int[handle.type().parameterCount()]);
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
        try {
            return new Document(shape, (@Nullable Object[]) writer.invokeExact(object));
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Object toObject(Object value) {
        if (!(value instanceof Document document)) {
            return UNSURE;
        }
        if (document.shape() == shape) {
            return made(reader, document);
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
            Object part = components[i].part(document, slot);
            if (part == UNSURE) {
                return UNSURE;
            }
            arguments[components[i].place()] = part;
        }
        return made(constructor, arguments);
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

    /** What a handle makes that runs the constructor. */
    private static Object made(MethodHandle maker, Object source) {
        try {
            return (Object) maker.invokeExact(source);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            // Jackson says of which document, and how the record refuses it.
            return UNSURE;
        }
    }
}
