package io.deltatrace.spring.data;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.support.BeanNameGenerator;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Import;
import org.springframework.data.repository.config.DefaultRepositoryBaseClass;
import org.springframework.data.repository.query.QueryLookupStrategy;

/**
 * Looks for repositories in the package of the annotated class, or in those that are named, and makes beans of them. It is only
 * needed where Spring Boot's auto-configuration looks in the wrong place, or is not used.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Import(DeltaTraceRepositoriesRegistrar.class)
public @interface EnableDeltaTraceRepositories {

    /** The packages to look in. */
    String[] value() default {};

    /** The packages to look in, by another name. */
    String[] basePackages() default {};

    /** Classes in the packages to look in. */
    Class<?>[] basePackageClasses() default {};

    /** Which of the types found are repositories. */
    Filter[] includeFilters() default {};

    /** Which of the types found are not. */
    Filter[] excludeFilters() default {};

    /** How the name of a class that implements methods of a repository ends. */
    String repositoryImplementationPostfix() default "Impl";

    /** Where named queries are; DeltaTrace has none. */
    String namedQueriesLocation() default "";

    /** How queries are found: a {@link Query} if there is one, or else by the name of the method. */
    QueryLookupStrategy.Key queryLookupStrategy() default QueryLookupStrategy.Key.CREATE_IF_NOT_FOUND;

    /** What makes the repositories. */
    Class<?> repositoryFactoryBeanClass() default DeltaTraceRepositoryFactoryBean.class;

    /** What implements the methods that all repositories have. */
    Class<?> repositoryBaseClass() default DefaultRepositoryBaseClass.class;

    /** What names the beans. */
    Class<? extends BeanNameGenerator> nameGenerator() default BeanNameGenerator.class;

    /** The name of the {@link DeltaTraceTemplate} that the repositories use. */
    String templateRef() default "deltaTraceTemplate";

    /** The name of the transaction manager that {@code @Transactional} on the repositories means. */
    String transactionManagerRef() default "deltaTraceTransactionManager";

    /** Whether interfaces in classes are repositories too. */
    boolean considerNestedRepositories() default false;
}
