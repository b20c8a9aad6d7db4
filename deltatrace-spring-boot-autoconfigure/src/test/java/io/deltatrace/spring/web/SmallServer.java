package io.deltatrace.spring.web;

import org.springframework.boot.SpringApplication;

/** A server in a process of its own, which says on which port it listens. */
final class SmallServer {

    static final String PORT = "listens on ";

    private SmallServer() {}

    public static void main(String[] arguments) {
        System.out.println(PORT
                + SpringApplication.run(SecuredApplication.class, arguments)
                        .getEnvironment()
                        .getProperty("local.server.port"));
    }
}
