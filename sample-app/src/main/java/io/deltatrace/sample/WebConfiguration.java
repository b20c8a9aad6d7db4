package io.deltatrace.sample;

import java.util.List;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What holds for all controllers: changes have a reason, and a state of the database is an argument. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private final ReasonRequired reasonRequired;
    private final SnapshotArgumentResolver snapshots;

    WebConfiguration(ReasonRequired reasonRequired, SnapshotArgumentResolver snapshots) {
        this.reasonRequired = reasonRequired;
        this.snapshots = snapshots;
    }

    /** Kinds of actors are written as the history writes them: {@code ai}. */
    @Override
    public void addFormatters(FormatterRegistry registry) {
        ApplicationConversionService.configure(registry);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(reasonRequired);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(snapshots);
    }
}
