package io.deltatrace.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A fenced block of a document.
 *
 * @param document its file, from the root of the project
 * @param line the line on which its content begins
 * @param language what stands behind the fence; empty if nothing does
 * @param content without the fences
 * @param output the block that follows at once and is plain text, or the JSON that a {@code bash} block prints; null if none does
 */
record DocumentBlock(
        String document,
        long line,
        String language,
        String content,
        @Nullable String output) {

    static final Path ROOT = Path.of(System.getProperty("deltatrace.project.root"));

    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** The documents of the project, from its root. */
    static List<String> documents() {
        try (Stream<Path> guides = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md"),
                            guides.map(guide -> "docs/" + guide.getFileName()).filter(name -> name.endsWith(".md")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks of all documents, in their order; a text that is the output of a block is a part of that block only. */
    static List<DocumentBlock> all() {
        return documents().stream().flatMap(document -> in(document).stream()).toList();
    }

    /** The blocks of a kind, of all documents. */
    static List<DocumentBlock> of(BlockKind kind) {
        return all().stream().filter(block -> BlockKind.of(block) == kind).toList();
    }

    static List<DocumentBlock> in(String document) {
        String text = read(document);
        List<MatchResult> found = BLOCK.matcher(text).results().toList();
        List<DocumentBlock> blocks = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            MatchResult block = found.get(i);
            String output = null;
            if (i + 1 < found.size()) {
                MatchResult next = found.get(i + 1);
                boolean follows = text.substring(block.end(), next.start()).isBlank();
                if (follows && next.group(1).equals(block.group(1).equals("bash") ? "json" : "text")) {
                    output = next.group(2);
                    i++;
                }
            }
            long line = text.substring(0, block.start(2)).lines().count() + 1;
            blocks.add(new DocumentBlock(document, line, block.group(1), block.group(2), output));
        }
        return blocks;
    }

    static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a document without its blocks. */
    static String prose(String document) {
        return BLOCK.matcher(read(document)).replaceAll("");
    }

    /** Where it is, for messages. */
    String place() {
        return document + ":" + line;
    }

    @Override
    public String toString() {
        return place() + " " + language;
    }
}
