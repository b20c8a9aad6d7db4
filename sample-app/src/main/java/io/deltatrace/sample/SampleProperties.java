package io.deltatrace.sample;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What can be configured.
 *
 * @param users who can log in, by name
 * @param neighboursRefresh how often it is looked whether neighbours have changed
 */
@ConfigurationProperties("sample")
record SampleProperties(Map<String, DemoUser> users, Duration neighboursRefresh) {

    /**
     * Somebody who can log in.
     *
     * @param password as it is
     * @param roles what they may do
     */
    record DemoUser(String password, Set<String> roles) {}
}
