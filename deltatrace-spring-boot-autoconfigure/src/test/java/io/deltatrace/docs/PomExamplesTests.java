package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What the documents put into a {@code pom.xml} is what the project builds, and depends on itself. */
class PomExamplesTests {

    private static final String OURS = "io.deltatrace";
    private static final String BOOT = "org.springframework.boot";

    /** Names of a module, a version, or both. */
    private record Artifact(String group, String name, String version) {

        static Artifact of(Element element) {
            return new Artifact(text(element, "groupId"), text(element, "artifactId"), text(element, "version"));
        }

        private static String text(Element element, String name) {
            return children(element, name)
                    .map(Element::getTextContent)
                    .findFirst()
                    .orElse("");
        }
    }

    static List<DocumentBlock> poms() {
        return DocumentBlock.of(BlockKind.POM);
    }

    @ParameterizedTest
    @MethodSource("poms")
    void artifacts_areThoseOfTheProject(DocumentBlock block) throws Exception {
        Element root = parse(DocumentBlock.read("pom.xml"));
        Element properties = children(root, "properties").findFirst().orElseThrow();
        String version = Artifact.of(root).version();
        String boot = Artifact.text(properties, "spring-boot.version");
        Set<String> ofBoot = dependenciesOnBoot();
        List<String> modules = all(root, "module").map(Element::getTextContent).toList();

        Element example = parse(block.content());
        List<Artifact> artifacts = Stream.of("parent", "dependency", "plugin")
                .flatMap(kind -> Stream.concat(
                        example.getTagName().equals(kind) ? Stream.of(example) : Stream.empty(), all(example, kind)))
                .map(Artifact::of)
                .toList();
        assertThat(artifacts).isNotEmpty().allSatisfy(artifact -> {
            if (artifact.group().equals(OURS)) {
                assertThat(modules).contains(artifact.name());
                assertThat(artifact.version()).isEqualTo(version);
            } else {
                assertThat(artifact.group()).isEqualTo(BOOT);
                if (artifact.name().equals("spring-boot-starter-parent")) {
                    assertThat(artifact.version()).isEqualTo(boot);
                } else {
                    assertThat(ofBoot).contains(artifact.name());
                    assertThat(artifact.version()).isEmpty();
                }
            }
        });
    }

    private static Set<String> dependenciesOnBoot() throws Exception {
        Set<String> names = new LinkedHashSet<>();
        try (Stream<Path> files = Files.list(DocumentBlock.ROOT)) {
            for (Path pom : files.map(folder -> folder.resolve("pom.xml"))
                    .filter(Files::exists)
                    .toList()) {
                Element module = parse(Files.readString(pom));
                Stream.of("dependency", "plugin")
                        .flatMap(kind -> all(module, kind))
                        .map(Artifact::of)
                        .filter(artifact -> artifact.group().equals(BOOT))
                        .forEach(artifact -> names.add(artifact.name()));
            }
        }
        return names;
    }

    private static Element parse(String xml) throws Exception {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml.strip())))
                    .getDocumentElement();
        } catch (IOException e) {
            throw new AssertionError(xml, e);
        }
    }

    private static Stream<Element> all(Element element, String name) {
        return elements(element.getElementsByTagName(name));
    }

    private static Stream<Element> children(Element element, String name) {
        return elements(element.getChildNodes())
                .filter(child -> child.getTagName().equals(name));
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }
}
