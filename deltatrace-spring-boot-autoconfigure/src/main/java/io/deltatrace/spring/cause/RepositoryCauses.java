package io.deltatrace.spring.cause;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Advice around the methods of a repository interface: a request that one of them makes does what the method is called, such as
 * {@code UserRepository.save}, unless something better is known of it; and a {@link Because} on the method, or on the interface,
 * says why. Thread-safe.
 */
public final class RepositoryCauses implements MethodInterceptor {

    private final Class<?> repository;
    private final Map<Method, Said> known = new ConcurrentHashMap<>();

    /** For the methods of an interface. */
    public RepositoryCauses(Class<?> repository) {
        this.repository = repository;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Said said = known.computeIfAbsent(invocation.getMethod(), this::said);
        CauseContext here = CauseContext.current();
        CauseContext inside =
                said.why() == null ? here.calling(said.method()) : here.declaring(said.why(), said.method());
        CauseContext.Scope scope = inside.open();
        try {
            return invocation.proceed();
        } finally {
            scope.close();
        }
    }

    private Said said(Method called) {
        Because own = AnnotatedElementUtils.findMergedAnnotation(called, Because.class);
        Because because = own == null ? AnnotatedElementUtils.findMergedAnnotation(repository, Because.class) : own;
        return new Said(because == null ? null : because.value(), CauseContext.nameOf(repository, called.getName()));
    }

    private record Said(@Nullable String why, String method) {}
}
