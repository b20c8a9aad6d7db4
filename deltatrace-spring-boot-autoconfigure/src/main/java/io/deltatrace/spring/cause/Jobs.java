package io.deltatrace.spring.cause;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Finds out which scheduled or asynchronous method runs in this thread, by its stack.
 *
 * <p>Advice around such methods would do it too, but needs a proxy for every bean that has a scheduled one. That would change
 * applications that never asked for one: a final method of such a bean, or a field of it, would be that of the proxy. A look at
 * the stack of a thread that only has a job takes a few microseconds.
 */
final class Jobs {

    private static final Set<Class<? extends Annotation>> ANNOTATIONS = Set.of(Scheduled.class, Async.class);
    private static final StackWalker STACK = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    /** The names of the methods of a class that are jobs. */
    private static final ClassValue<Set<String>> JOBS = new ClassValue<>() {

        @Override
        protected Set<String> computeValue(Class<?> type) {
            if (!AnnotationUtils.isCandidateClass(type, ANNOTATIONS)) {
                return Set.of();
            }
            boolean all = AnnotatedElementUtils.hasAnnotation(type, Async.class);
            Set<String> names = new HashSet<>();
            for (Method method : type.getDeclaredMethods()) {
                if (all || ANNOTATIONS.stream().anyMatch(job -> AnnotatedElementUtils.hasAnnotation(method, job))) {
                    names.add(method.getName());
                }
            }
            return Set.copyOf(names);
        }
    };

    private Jobs() {}

    /** The outermost job of this thread; null if it has none. */
    static @Nullable String current() {
        StackFrame outermost = STACK.walk(frames -> frames.filter(
                        frame -> JOBS.get(frame.getDeclaringClass()).contains(frame.getMethodName()))
                .reduce(null, (inner, outer) -> outer));
        return outermost == null ? null : CauseContext.nameOf(outermost.getDeclaringClass(), outermost.getMethodName());
    }
}
