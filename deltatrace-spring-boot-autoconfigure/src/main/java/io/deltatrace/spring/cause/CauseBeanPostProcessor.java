package io.deltatrace.spring.cause;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.MethodClassKey;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.annotation.Schedules;

/**
 * Takes note of methods that say why they change something, and of jobs: scheduled and asynchronous methods.
 *
 * <p>The advice is put around what else surrounds a method, transactions above all, but for what makes a method asynchronous,
 * which comes later. A class that cannot be extended has no proxy, and its jobs no names.
 */
final class CauseBeanPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private static final long serialVersionUID = 1L;
    private static final Set<Class<? extends Annotation>> ANNOTATIONS =
            Set.of(Because.class, Scheduled.class, Async.class);

    CauseBeanPostProcessor() {
        setBeforeExistingAdvisors(true);
        setProxyTargetClass(true);
        setOrder(Ordered.LOWEST_PRECEDENCE - 10);
        this.advisor = new DefaultPointcutAdvisor(new Pointcut(), new Advice());
    }

    @Override
    protected boolean isEligible(Object bean, String beanName) {
        Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
        return !Modifier.isFinal(type.getModifiers()) && !type.isSealed() && super.isEligible(bean, beanName);
    }

    /** What a method says. */
    private record Said(@Nullable String why, boolean job) {

        static Said by(Method method, Class<?> type) {
            Because because = AnnotatedElementUtils.findMergedAnnotation(method, Because.class);
            if (because == null) {
                because = AnnotatedElementUtils.findMergedAnnotation(type, Because.class);
            }
            boolean job = AnnotatedElementUtils.isAnnotated(method, Scheduled.class)
                    || AnnotatedElementUtils.isAnnotated(method, Schedules.class)
                    || AnnotatedElementUtils.hasAnnotation(method, Async.class)
                    || AnnotatedElementUtils.hasAnnotation(type, Async.class);
            return new Said(because == null ? null : because.value(), job);
        }
    }

    private static final class Pointcut extends StaticMethodMatcherPointcut {

        Pointcut() {
            setClassFilter(type -> AnnotationUtils.isCandidateClass(type, ANNOTATIONS));
        }

        @Override
        public boolean matches(Method method, Class<?> targetClass) {
            Method specific = AopUtils.getMostSpecificMethod(method, targetClass);
            if (specific.getDeclaringClass() == Object.class) {
                return false;
            }
            Said said = Said.by(specific, targetClass);
            return said.why() != null || said.job();
        }
    }

    private static final class Advice implements MethodInterceptor {

        private final Map<MethodClassKey, Said> known = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
            Object target = invocation.getThis();
            Class<?> type =
                    target == null ? invocation.getMethod().getDeclaringClass() : AopUtils.getTargetClass(target);
            Method method = AopUtils.getMostSpecificMethod(invocation.getMethod(), type);
            Said said = known.computeIfAbsent(new MethodClassKey(method, type), key -> Said.by(method, type));
            CauseContext.Scope scope =
                    context(said, CauseContext.nameOf(type, method)).open();
            try {
                return invocation.proceed();
            } finally {
                scope.close();
            }
        }

        private static CauseContext context(Said said, String name) {
            CauseContext current = CauseContext.current();
            CauseContext called = said.job() ? current.inJob(name) : current.in(name);
            return said.why() == null ? called : called.declaring(said.why());
        }
    }
}
