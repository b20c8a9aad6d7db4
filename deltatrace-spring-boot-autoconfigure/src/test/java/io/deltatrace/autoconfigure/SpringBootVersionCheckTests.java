package io.deltatrace.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootVersion;

/** Applications in processes whose Spring Boot says that it is another one. */
class SpringBootVersionCheckTests {

    @TempDir
    private Path classes;

    @BeforeEach
    void replaceTheVersion() throws IOException {
        Path source = Files.createDirectories(classes.resolve("org/springframework/boot"));
        Files.writeString(source.resolve("SpringBootVersion.java"), """
                package org.springframework.boot;

                public final class SpringBootVersion {
                    public static String getVersion() {
                        return System.getProperty("test.version");
                    }
                }
                """);
        ClassPath.compile(classes, classes);
    }

    private String start(int expectedStatus, String version, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "-Dtest.version=" + version,
                "-Dspring.devtools.restart.enabled=false",
                WritingApplication.class.getName(),
                "--spring.main.web-application-type=none"));
        command.addAll(List.of(arguments));
        return ClassPath.run(expectedStatus, classes, command);
    }

    @Test
    void otherMajorVersion_failsTheStart_andIsExplained() throws Exception {
        assertThat(start(1, "3.5.7"))
                .containsSubsequence(
                        "APPLICATION FAILED TO START",
                        "Description:",
                        "DeltaTrace needs Spring Boot 4, and this application has Spring Boot 3.5.7.",
                        "Action:",
                        "Use Spring Boot 4, or depend on deltatrace-core")
                .doesNotContain("DeltaTrace keeps its data");
    }

    @Test
    void laterMinorVersion_starts() throws Exception {
        assertThat(start(0, "4.2.0-SNAPSHOT")).contains("starts: 1 in");
    }

    @Test
    void version_isJudgedByItsMajorNumber() {
        assertThatCode(() -> SpringBootVersionCheck.check(SpringBootVersion.getVersion()))
                .doesNotThrowAnyException();
        assertThatCode(() -> SpringBootVersionCheck.check(null)).doesNotThrowAnyException();
        for (String version : List.of("2.7.18", "3.0.0", "5.0.0-M1", "40.1.0")) {
            assertThatExceptionOfType(SpringBootVersionCheck.WrongVersionException.class)
                    .isThrownBy(() -> SpringBootVersionCheck.check(version))
                    .withMessageEndingWith("has Spring Boot " + version + ".");
        }
    }
}
