package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceProperties;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application starts with each configuration of the documents, and every property in it is known to somebody. */
class ConfigurationExamplesTests {

    @TempDir
    private Path folder;

    static List<DocumentBlock> configurations() {
        return DocumentBlock.of(BlockKind.CONFIGURATION);
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void configuration_isTaken(DocumentBlock block) throws IOException {
        Map<String, String> properties = propertiesOf(block);
        assertThat(properties).isNotEmpty();
        Map<String, String> known = knownProperties();
        assertThat(properties.keySet())
                .allSatisfy(name -> assertThat(isKnown(name, known))
                        .as("%s is a property of DeltaTrace or of Spring Boot", name)
                        .isTrue());

        String[] given = properties.entrySet().stream()
                .map(property -> property.getKey() + "=" + inFolder(property.getValue()))
                .toArray(String[]::new);
        try (ConfigurableApplicationContext application = DocumentedApplication.start(folder.resolve("data"), given)) {
            assertThat(application.getBean(DeltaTraceDatabase.class).storage()).isPresent();
            // The metadata has no names below that of a collection; the class that takes them has.
            Binder.get(application.getEnvironment())
                    .bind(
                            "deltatrace.collections",
                            Bindable.mapOf(String.class, DeltaTraceProperties.Collection.class),
                            new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
            properties.forEach((name, value) ->
                    assertThat(application.getEnvironment().getProperty(name)).isEqualTo(inFolder(value)));
        }
    }

    private String inFolder(String value) {
        return value.startsWith("./") || value.startsWith("/var/") ? folder + value.replaceFirst("^\\.", "") : value;
    }

    private static Map<String, String> propertiesOf(DocumentBlock block) throws IOException {
        PropertySourceLoader loader =
                block.language().equals("yaml") ? new YamlPropertySourceLoader() : new PropertiesPropertySourceLoader();
        Map<String, String> properties = new LinkedHashMap<>();
        for (PropertySource<?> source :
                loader.load("block", new ByteArrayResource(block.content().getBytes(StandardCharsets.UTF_8)))) {
            for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
                properties.put(name, String.valueOf(source.getProperty(name)));
            }
        }
        return properties;
    }

    private static boolean isKnown(String name, Map<String, String> known) {
        return known.containsKey(name)
                || known.entrySet().stream()
                        .anyMatch(property -> property.getValue().startsWith("java.util.Map")
                                && name.startsWith(property.getKey() + "."));
    }

    /** The types of all properties in the metadata of the class path, by name. */
    private static Map<String, String> knownProperties() throws IOException {
        Map<String, String> known = new TreeMap<>();
        for (URL metadata : Collections.list(ConfigurationExamplesTests.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = metadata.openStream()) {
                for (JsonNode property : JsonMapper.shared().readTree(in).get("properties")) {
                    known.put(
                            property.get("name").asString(),
                            property.path("type").asString(""));
                }
            }
        }
        return known;
    }
}
