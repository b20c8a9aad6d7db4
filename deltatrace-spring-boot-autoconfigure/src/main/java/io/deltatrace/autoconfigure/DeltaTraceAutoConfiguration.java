package io.deltatrace.autoconfigure;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.DeltaTraceDatabaseBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/**
 * Auto-configuration of a {@link DeltaTraceDatabase}. It backs off for a database of the application's own, and does nothing
 * with {@code deltatrace.enabled=false}. The application's {@link JsonMapper}, if there is one, converts its types.
 */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnBooleanProperty(name = "deltatrace.enabled", matchIfMissing = true)
@EnableConfigurationProperties(DeltaTraceProperties.class)
public final class DeltaTraceAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(DeltaTraceAutoConfiguration.class);

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    DeltaTraceDatabase deltaTraceDatabase(DeltaTraceProperties properties, ObjectProvider<JsonMapper> jsonMapper) {
        DeltaTraceDatabaseBuilder builder =
                DeltaTraceDatabase.builder().historyLimit(properties.history().limit());
        jsonMapper.ifUnique(builder::jsonMapper);
        LOG.info("DeltaTrace keeps its data in memory: it is gone when the application stops");
        return builder.build();
    }
}
