package io.deltatrace.spring.cause;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.MethodClassKey;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Takes note of methods that say why they change something.
 *
 * <p>The advice is put around what else surrounds a method, transactions above all, but for what makes a method asynchronous,
 * which comes later.
 */
final class CauseBeanPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private static final long serialVersionUID = 1L;

    CauseBeanPostProcessor() {
        setBeforeExistingAdvisors(true);
        setProxyTargetClass(true);
        setOrder(Ordered.LOWEST_PRECEDENCE - 10);
        this.advisor = new DefaultPointcutAdvisor(new Pointcut(), new Advice());
    }

    /** A repository has advice of its own, which knows the interface that the proxy hides. */
    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        boolean isRepository = bean instanceof Advised advised
                && Arrays.stream(advised.getAdvisors())
                        .anyMatch(advisor -> advisor.getAdvice() instanceof RepositoryCauses);
        return isRepository ? bean : super.postProcessAfterInitialization(bean, beanName);
    }

    /** What a method says, or else its class; null if both say nothing. */
    private static @Nullable Because because(Method method, Class<?> type) {
        Because own = AnnotatedElementUtils.findMergedAnnotation(method, Because.class);
        return own == null ? AnnotatedElementUtils.findMergedAnnotation(type, Because.class) : own;
    }

    private static final class Pointcut extends StaticMethodMatcherPointcut {

        Pointcut() {
            setClassFilter(type -> AnnotationUtils.isCandidateClass(type, Because.class));
        }

        @Override
        public boolean matches(Method method, Class<?> targetClass) {
            Method specific = AopUtils.getMostSpecificMethod(method, targetClass);
            return specific.getDeclaringClass() != Object.class && because(specific, targetClass) != null;
        }
    }

    private static final class Advice implements MethodInterceptor {

        private final Map<MethodClassKey, Said> known = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
            Object target = invocation.getThis();
            Class<?> type =
                    target == null ? invocation.getMethod().getDeclaringClass() : AopUtils.getTargetClass(target);
            Said said = known.computeIfAbsent(
                    new MethodClassKey(invocation.getMethod(), type), key -> said(invocation.getMethod(), type));
            CauseContext.Scope scope =
                    CauseContext.current().declaring(said.why(), said.method()).open();
            try {
                return invocation.proceed();
            } finally {
                scope.close();
            }
        }

        private static Said said(Method called, Class<?> type) {
            Method method = AopUtils.getMostSpecificMethod(called, type);
            Because because = because(method, type);
            if (because == null) {
                throw new IllegalStateException("Only methods that say why are advised: " + method);
            }
            return new Said(because.value(), CauseContext.nameOf(type, method.getName()));
        }
    }

    private record Said(String why, String method) {}
}
