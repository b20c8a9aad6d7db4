package io.deltatrace.autoconfigure.web;

import io.deltatrace.spring.web.DeltaTraceServlet;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

/** Maps the servlet to its path. */
final class DeltaTraceServletRegistrationBean extends ServletRegistrationBean<DeltaTraceServlet> {

    DeltaTraceServletRegistrationBean(DeltaTraceServlet servlet, String path) {
        super(servlet, path + "/*");
        setName("deltaTrace");
        setLoadOnStartup(1);
    }
}
