package io.deltatrace.spring.cause;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says why a method of a Spring bean changes the database: the reason of every request that it makes, itself or through others in
 * the same thread, and that nobody gives a better one for. On a class it is the reason of all its methods; that of a method
 * counts more, and so does that of a method called later.
 *
 * <p>It works as other annotations of Spring's do, through a proxy: not when a bean calls itself, and not for private or final
 * methods.
 *
 * @see Reasons for reasons that are known only at run time, and for the order of all reasons
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Because {

    /** The reason, in words. */
    String value();
}
