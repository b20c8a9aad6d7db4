package io.deltatrace.autoconfigure.web;

import io.deltatrace.spring.web.DeltaTraceServlet;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Maps the servlet to its path. When the application is about to stop it ends the streams of changes, for which a graceful
 * shutdown would wait in vain.
 */
final class DeltaTraceServletRegistrationBean extends ServletRegistrationBean<DeltaTraceServlet>
        implements ApplicationListener<ContextClosedEvent> {

    private final DeltaTraceServlet servlet;

    DeltaTraceServletRegistrationBean(DeltaTraceServlet servlet, String path) {
        super(servlet, path + "/*");
        this.servlet = servlet;
        setName("deltaTrace");
        setLoadOnStartup(1);
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        servlet.endStreams();
    }
}
