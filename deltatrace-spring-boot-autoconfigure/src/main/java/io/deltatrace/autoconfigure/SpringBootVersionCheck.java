package io.deltatrace.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Ends the start of an application that has another major version of Spring Boot, before it fails by some missing class or
 * starts without half of its beans. Nothing that is used here is new in Spring Boot 4. The version is not judged if it cannot be
 * found out, nor with {@code deltatrace.enabled=false}.
 */
final class SpringBootVersionCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    static final int MAJOR = 4;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (context.getEnvironment().getProperty("deltatrace.enabled", Boolean.class, true)) {
            check(SpringBootVersion.getVersion());
        }
    }

    static void check(@Nullable String version) {
        if (version != null && !version.startsWith(MAJOR + ".")) {
            throw new WrongVersionException(version);
        }
    }

    /** Says that the application's Spring Boot is of another major version. */
    static final class WrongVersionException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WrongVersionException(String version) {
            super("DeltaTrace needs Spring Boot " + MAJOR + ", and this application has Spring Boot " + version + ".");
        }
    }
}
