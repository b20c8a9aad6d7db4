package io.deltatrace.spring.data;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The condition of a method of a repository, in wire JSON, in place of one that its name would say.
 *
 * <p>A string that is nothing but {@code ?0}, {@code ?1} and so on, or {@code :name}, stands for a parameter of the method. It may
 * stand where a condition has a value, or a pattern; in a list of values, a parameter that is a collection stands for all its
 * elements. Parameters become values of the condition and never text of it, so nothing that they hold can change its meaning.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Query {

    /** The condition, such as {@code {"type":"equals_","field":"name","value":":name"}}; fields have their names in JSON. */
    String value();

    /** Whether the method counts what meets the condition. */
    boolean count() default false;

    /** Whether the method tells if anything meets the condition. */
    boolean exists() default false;

    /** Whether the method deletes what meets the condition. */
    boolean delete() default false;
}
