package io.deltatrace.sample;

import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What can be configured.
 *
 * @param users who can log in, by name
 */
@ConfigurationProperties("sample")
record SampleProperties(Map<String, DemoUser> users) {

    /**
     * Somebody who can log in.
     *
     * @param password as it is
     * @param roles what they may do
     */
    record DemoUser(String password, Set<String> roles) {}
}
