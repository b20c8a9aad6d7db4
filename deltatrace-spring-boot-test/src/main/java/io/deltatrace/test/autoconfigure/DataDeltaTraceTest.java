package io.deltatrace.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.TestExecutionListeners;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of repositories: with them, a database in memory and a {@code DeltaTraceTemplate}, and with nothing else of the application.
 *
 * <p>After each test method the database is reverted to what it was before it and its {@code @BeforeEach} methods, whichever threads
 * changed it. The history keeps both.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@BootstrapWith(DataDeltaTraceTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(DataDeltaTraceTypeExcludeFilter.class)
@AutoConfigureDataDeltaTrace
@ImportAutoConfiguration
@TestExecutionListeners(
        listeners = RevertingTestExecutionListener.class,
        mergeMode = TestExecutionListeners.MergeMode.MERGE_WITH_DEFAULTS)
public @interface DataDeltaTraceTest {

    /** Properties of the application, as {@code key=value}. */
    String[] properties() default {};

    /** Whether the beans that an application scans for are left out unless a filter says otherwise. */
    boolean useDefaultFilters() default true;

    /** Which of the beans that an application scans for are there nevertheless. */
    Filter[] includeFilters() default {};

    /** Which of the beans that an application scans for are left out. */
    Filter[] excludeFilters() default {};

    /** Auto-configuration that is left out. */
    @AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
    Class<?>[] excludeAutoConfiguration() default {};
}
