package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tables of docs/configuration.md have every property of the generated metadata with its default, and no other. */
class ConfigurationDocumentTests {

    private static final Path DOCUMENT =
            Path.of(System.getProperty("deltatrace.project.root"), "docs", "configuration.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| `([^`]+)` \\| (?:`([^`]*)`)? *\\| .+ \\|$", Pattern.MULTILINE);

    /** The defaults by property; an empty text for one that has none. */
    private static Map<String, String> generated() throws IOException {
        try (InputStream metadata =
                ConfigurationDocumentTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            Map<String, String> properties = new TreeMap<>();
            JsonNode all = JsonMapper.shared().readTree(metadata);
            for (JsonNode property : all.get("properties")) {
                JsonNode value = property.path("defaultValue");
                properties.put(
                        property.get("name").asString(),
                        value.isArray()
                                ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
                                : value.asString("")
                                        .replaceAll("^\\[(.*)]$", "$1")
                                        .replace(", ", ","));
            }
            return properties;
        }
    }

    @Test
    void document_hasEveryProperty_withItsDefault() throws IOException {
        Map<String, String> documented = ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .filter(row -> !row.group(1).startsWith("deltatrace.collections."))
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> row.group(2) == null ? "" : row.group(2),
                        (a, b) -> b,
                        TreeMap::new));

        assertThat(documented).containsExactlyEntriesOf(generated());
    }

    @Test
    void everyProperty_isDescribed_andThoseThatTakeMoreThanYesOrNoHaveHints() throws IOException {
        try (InputStream metadata = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonNode all = JsonMapper.shared().readTree(metadata);
            Set<String> hinted = all.get("hints")
                    .valueStream()
                    .map(hint -> hint.get("name").asString().replaceFirst("\\.values\\..*", ""))
                    .collect(Collectors.toSet());
            for (JsonNode property : all.get("properties")) {
                String name = property.get("name").asString();
                assertThat(property.path("description").asString("")).as(name).isNotBlank();
                if (name.startsWith("deltatrace.")
                        && !property.get("type").asString().equals("java.lang.Boolean")) {
                    assertThat(hinted).contains(name);
                }
            }
        }
    }
}
