package io.deltatrace.autoconfigure;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.event.DeltaTraceCommitEvent;
import io.deltatrace.query.Query;
import java.util.Map;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

/** A small application in a process of its own: it adds a document at each start, and prints how many there are. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class WritingApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(WritingApplication.class, arguments);
    }

    @Bean
    ApplicationRunner writer(DeltaTraceDatabase database) {
        return arguments -> {
            // It is referred to until the end, so that its directory is free again only if it was closed.
            Runtime.getRuntime().addShutdownHook(new Thread(database::close));
            database.execute(Query.add("starts", Map.of("n", 1)));
            System.out.println("starts: " + database.snapshot().size("starts") + " in "
                    + getClass().getClassLoader().getClass().getSimpleName());
        };
    }

    @EventListener(condition = "#event.wroteTo('starts')")
    void on(DeltaTraceCommitEvent event) {
        System.out.println("event: " + event);
    }
}
