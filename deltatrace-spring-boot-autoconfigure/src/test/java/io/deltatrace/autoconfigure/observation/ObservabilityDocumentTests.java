package io.deltatrace.autoconfigure.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.query.Query;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Compares docs/observability.md with what the code registers. */
class ObservabilityDocumentTests {

    private static final Pattern METER = Pattern.compile("^\\| `([a-z.]+)` \\| ([a-z ]+) \\| ([a-z]*) ?\\|([^|]*)\\|");

    @TempDir
    private Path temporary;

    private String document = "";
    private final List<Meter.Id> meters = new ArrayList<>();
    private final List<Observation.Context> observed = new ArrayList<>();

    @BeforeEach
    void collectWhatIsThere() throws IOException {
        document = Files.readString(Path.of(System.getProperty("deltatrace.project.root"), "docs", "observability.md"));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class,
                        SimpleMetricsExportAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class,
                        ObservationAutoConfiguration.class,
                        DeltaTraceAutoConfiguration.class,
                        DeltaTraceObservationAutoConfiguration.class))
                .withPropertyValues("deltatrace.storage.directory=" + temporary.resolve("data"))
                .withBean(ObservationHandler.class, () -> new Collecting(observed))
                .run(context -> {
                    context.getBean(DeltaTraceDatabase.class).execute(Query.add("users", Map.of("n", 1)));
                    context.getBean(MeterRegistry.class).getMeters().stream()
                            .map(Meter::getId)
                            .filter(id -> id.getName().startsWith("deltatrace"))
                            .forEach(meters::add);
                });
    }

    private record Collecting(List<Observation.Context> observed) implements ObservationHandler<Observation.Context> {

        @Override
        public void onStop(Observation.Context context) {
            observed.add(context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    /** What the document says of a meter, or what a registry does. */
    private record Described(String name, String kind, String unit, List<String> keys) {

        static Described of(Meter.Id id) {
            String kind = id.getType() == Meter.Type.LONG_TASK_TIMER
                    ? "long task timer"
                    : id.getType().name().toLowerCase(Locale.ROOT);
            return new Described(id.getName(), kind, unit(id.getBaseUnit()), keys(id));
        }

        private static String unit(@Nullable String unit) {
            return unit == null ? "" : unit;
        }

        private static List<String> keys(Meter.Id id) {
            return id.getTags().stream().map(Tag::getKey).sorted().toList();
        }

        static Stream<Described> in(String line) {
            Matcher row = METER.matcher(line);
            return row.find()
                    ? Stream.of(new Described(
                            row.group(1),
                            row.group(2),
                            row.group(3),
                            Pattern.compile("`([a-z]+)`")
                                    .matcher(row.group(4))
                                    .results()
                                    .map(key -> key.group(1))
                                    .sorted()
                                    .toList()))
                    : Stream.empty();
        }
    }

    @Test
    void everyMeter_isDescribedAsItIs_andNoOther() {
        assertThat(meters.stream().map(Described::of).distinct())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(
                        document.lines().flatMap(Described::in).toList());
    }

    @Test
    void everyKeyOfAnObservation_isDescribed() {
        assertThat(observed)
                .singleElement()
                .satisfies(context -> assertThat(context.getAllKeyValues())
                        .hasSize(4)
                        .allSatisfy(key -> assertThat(document).contains("\n| `" + key.getKey() + "` |")));
    }

    @Test
    void everyPropertyOfThis_isDescribed() {
        assertThat(document)
                .contains(
                        "\n| `deltatrace.observations.enabled` | `true` |",
                        "\n| `deltatrace.observations.max-collections` | `100` |",
                        "\n| `deltatrace.events.enabled` | `true` |");
    }
}
