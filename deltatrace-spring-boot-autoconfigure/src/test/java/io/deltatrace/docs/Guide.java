package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The project that {@value BlockKind#GUIDE} has its reader make, in files, and the calls that it has them make.
 *
 * @param main the class that starts the application
 * @param calls those of the first start
 * @param callsAfterRestart those after it was stopped and started again
 */
record Guide(String main, List<DocumentBlock> calls, List<DocumentBlock> callsAfterRestart) {

    private static final Pattern PACKAGE = Pattern.compile("^package ([a-z.]+);", Pattern.MULTILINE);
    private static final Pattern TYPE =
            Pattern.compile("^(?:public )?(?:class|interface|record) (\\w+)", Pattern.MULTILINE);

    /** Where the reader is to stop the application and to start it again. */
    private static final String AGAIN = "## Stop it and start it again";

    /** Makes the project in an empty folder. */
    static Guide writtenTo(Path folder) throws IOException {
        String main = "";
        long again = DocumentBlock.read(BlockKind.GUIDE)
                .lines()
                .takeWhile(line -> !line.equals(AGAIN))
                .count();
        List<DocumentBlock> calls = new ArrayList<>();
        List<DocumentBlock> callsAfterRestart = new ArrayList<>();
        for (DocumentBlock block : DocumentBlock.in(BlockKind.GUIDE)) {
            switch (BlockKind.of(block)) {
                case APPLICATION -> {
                    String type = found(PACKAGE, block) + "." + found(TYPE, block);
                    write(folder, "src/main/java/" + type.replace('.', '/') + ".java", block);
                    main = block.content().contains("static void main") ? type : main;
                }
                case CONFIGURATION -> write(folder, "src/main/resources/application.properties", block);
                case POM -> write(folder, "pom.xml", block);
                case CALLS -> (block.line() > again ? callsAfterRestart : calls).add(block);
                default -> assertThat(BlockKind.of(block)).isEqualTo(BlockKind.BUILD);
            }
        }
        assertThat(calls).isNotEmpty();
        assertThat(callsAfterRestart).isNotEmpty();
        return new Guide(main, calls, callsAfterRestart);
    }

    private static void write(Path folder, String name, DocumentBlock block) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, block.content());
    }

    private static String found(Pattern pattern, DocumentBlock block) {
        Matcher matcher = pattern.matcher(block.content());
        assertThat(matcher.find()).as("%s in %s", pattern, block.place()).isTrue();
        return matcher.group(1);
    }
}
