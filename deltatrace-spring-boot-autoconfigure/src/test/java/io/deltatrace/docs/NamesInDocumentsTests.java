package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packages, types, methods, properties and meters that the documents name are there. */
class NamesInDocumentsTests {

    private static final String ARCHITECTURE = "docs/architecture.md";
    private static final String MIGRATING = "docs/migrating.md";
    private static final Pattern PACKAGE_ROW = Pattern.compile("^\\| `([a-z.]+)` \\| ", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("\\b[A-Z][a-z]\\w+");
    private static final Pattern PROPERTY =
            Pattern.compile("`((?:deltatrace|management)\\.[a-z][a-z.-]*[a-z])(?:=[^`]*)?`");

    /** Of Spring Boot, before the name of a meter or the beginning of one. */
    private static final Pattern SWITCH = Pattern.compile("^management\\.(metrics|observations)\\.enable\\.");

    private static final Pattern METER = Pattern.compile("\\bdeltatrace_[a-z_]+");
    private static final Pattern METER_ROW = Pattern.compile("^\\| `(deltatrace[a-z.]+)` \\| ", Pattern.MULTILINE);
    private static final Pattern MEMBER = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w+)[^`]*`");

    static List<String> documents() {
        return DocumentBlock.documents();
    }

    static List<DocumentBlock> pictures() {
        return DocumentBlock.of(BlockKind.PICTURE);
    }

    @Test
    void packageMap_isThatOfTheSources() throws IOException {
        Set<String> there = new TreeSet<>();
        for (Path file : sources()) {
            if (file.toString().contains("/src/main/java/io/deltatrace/")
                    && !file.toString().contains("/sample/")
                    && !file.toString().contains("/benchmarks/")) {
                Path inside = Path.of(file.toString().replaceFirst(".*/src/main/java/io/deltatrace/", ""));
                there.add(
                        inside.getParent() == null
                                ? ""
                                : inside.getParent().toString().replace('/', '.'));
            }
        }
        there.remove("");

        assertThat(PACKAGE_ROW
                        .matcher(DocumentBlock.read(ARCHITECTURE))
                        .results()
                        .map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(there);
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void typesOfAPicture_areThere(DocumentBlock picture) throws IOException {
        List<String> types = TYPE.matcher(picture.content())
                .results()
                .map(MatchResult::group)
                .toList();
        Set<String> there = sources().stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        assertThat(types).isNotEmpty().allSatisfy(type -> assertThat(there).contains(type));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void properties_areKnown(String document) throws IOException {
        Set<String> known = new TreeSet<>(meters());
        try (InputStream in = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonNode metadata = JsonMapper.shared().readTree(in);
            Stream.of("properties", "groups")
                    .flatMap(kind -> metadata.get(kind).valueStream())
                    .forEach(entry -> known.add(entry.get("name").asString()));
        }
        assertThat(PROPERTY.matcher(DocumentBlock.read(document)).results().map(found -> found.group(1)))
                .filteredOn(name -> name.contains("deltatrace") && !name.endsWith(".json"))
                .extracting(name -> SWITCH.matcher(name).replaceFirst(""))
                .allSatisfy(name -> assertThat(known)
                        .anySatisfy(one -> assertThat(isPartOf(name, one))
                                .as("%s is %s, or a part of it", name, one)
                                .isTrue()));
    }

    /** The names of collections and roles stand where the metadata has a map. */
    private static boolean isPartOf(String name, String known) {
        return name.equals(known)
                || known.startsWith(name + ".")
                || (List.of("deltatrace.collections", "deltatrace.web.permissions")
                                .contains(known)
                        && name.startsWith(known + "."));
    }

    @Test
    void alerts_areAboutMeters() {
        Set<String> meters = meters();
        assertThat(DocumentBlock.of(BlockKind.ALERT).stream()
                        .flatMap(block -> METER.matcher(block.content()).results())
                        .map(found -> found.group().replaceFirst("_(bytes|entries|seconds_max|seconds_count)$", "")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(meters).contains(name.replace('_', '.')));
    }

    /** The meters of docs/observability.md, which a test compares with what is registered. */
    private static Set<String> meters() {
        return METER_ROW
                .matcher(DocumentBlock.read("docs/observability.md"))
                .results()
                .map(row -> row.group(1))
                .filter(name -> !name.contains("observations.") && !name.contains("events."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void methodsThatTheOriginalsNamesLeadTo_areThere() throws IOException {
        List<String> missing = new ArrayList<>();
        List<MatchResult> members = DocumentBlock.read(MIGRATING)
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.substring(line.lastIndexOf(" | ", line.length() - 3)))
                .flatMap(line -> MEMBER.matcher(line).results())
                .toList();
        List<Path> sources = sources();
        for (MatchResult member : members) {
            Pattern declared = Pattern.compile("\\b" + member.group(2) + "(\\(|,$|,\\n| *\\))", Pattern.MULTILINE);
            boolean found = false;
            for (Path file : sources) {
                found |= file.getFileName().toString().equals(member.group(1) + ".java")
                        && file.toString().contains("/src/main/")
                        && declared.matcher(Files.readString(file)).find();
            }
            if (!found) {
                missing.add(member.group());
            }
        }
        assertThat(members).hasSizeGreaterThan(40);
        assertThat(missing).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(DocumentBlock.ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java")
                            && !file.toString().contains("/target/"))
                    .toList();
        }
    }
}
