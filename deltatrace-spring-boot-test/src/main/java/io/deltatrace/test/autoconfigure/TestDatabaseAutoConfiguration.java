package io.deltatrace.test.autoconfigure;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.DeltaTraceDatabaseBuilder;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.autoconfigure.DeltaTraceDatabaseBuilderCustomizer;
import io.deltatrace.cause.CauseProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Auto-configuration of a database for tests: in memory, whatever directory the application names. */
@AutoConfiguration(before = DeltaTraceAutoConfiguration.class)
public final class TestDatabaseAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    DeltaTraceDatabase deltaTraceDatabase(
            ObjectProvider<JsonMapper> jsonMapper,
            ObjectProvider<CauseProvider> causeProvider,
            ObjectProvider<DeltaTraceDatabaseBuilderCustomizer> customizers) {
        DeltaTraceDatabaseBuilder builder = DeltaTraceDatabase.builder();
        jsonMapper.ifUnique(builder::jsonMapper);
        causeProvider.ifUnique(builder::causeProvider);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }
}
