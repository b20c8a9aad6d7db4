package io.deltatrace.spring.cause;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/** Lets Micrometer's context propagation carry what is known of causes to other threads, and through Reactor. */
public final class CauseThreadLocalAccessor implements ThreadLocalAccessor<Object> {

    @Override
    public Object key() {
        return CauseContext.KEY;
    }

    @Override
    public @Nullable Object getValue() {
        CauseContext current = CauseContext.current();
        return current.equals(CauseContext.EMPTY) ? null : current;
    }

    @Override
    public void setValue(Object value) {
        CauseContext.set((CauseContext) value);
    }

    @Override
    public void setValue() {
        CauseContext.set(CauseContext.EMPTY);
    }
}
