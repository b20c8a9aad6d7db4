package io.deltatrace.spring.data;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that entities are looked for by a property, of their own or of an object in them: auto-configuration gives its field an index.
 * It looks for it in classes with {@link Collection}. Ids need none; they have a unique one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface Indexed {

    /** Whether no two entities may have the same value; null may be there more than once. */
    boolean unique() default false;

    /** Whether entities are also looked for by ranges, by beginnings of texts, and sorted by it. */
    boolean ordered() default false;
}
