package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Simulations of as many seeds as the system property {@value #SEEDS} says, from the one that {@value #FIRST} says: a seed that
 * fails does so every time.
 */
class SimulationTests {

    private static final String SEEDS = "deltatrace.simulation.seeds";
    private static final String FIRST = "deltatrace.simulation.first";
    private static final int STEPS = 150;

    @TempDir
    private Path temporary;

    private int faults;
    private int starts;
    private int powerLosses;

    @Test
    void database_isWhatTheModelSays_whateverHappens() throws IOException {
        long first = Long.getLong(FIRST, 1);
        long seeds = Long.getLong(SEEDS, 30);
        for (long seed = first; seed < first + seeds; seed++) {
            simulate(seed);
        }
        System.out.printf(
                "%,d seeds from %d: %,d steps, %,d starts, %,d of them after a loss of power, %,d faults of the disk%n",
                seeds, first, seeds * STEPS, starts, powerLosses, faults);
        assertThat(starts).isGreaterThanOrEqualTo((int) seeds);
    }

    @Test
    void sameSeed_leadsToTheSameSteps() throws IOException {
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(simulate(seed)).isEqualTo(simulate(seed));
        }
        assertThat(simulate(1)).isNotEqualTo(simulate(2));
    }

    private String simulate(long seed) throws IOException {
        Path directory = Files.createTempDirectory(temporary, "seed");
        Simulation simulation = new Simulation(seed, directory.resolve("data"));
        try {
            String trace = simulation.run(STEPS);
            SimulatedMachine machine = simulation.machine();
            faults += machine.faults();
            starts += machine.starts();
            powerLosses += machine.powerLosses();
            return trace;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "Step " + simulation.step() + " of seed " + seed + "; once more with -D" + FIRST + "=" + seed
                            + " -D" + SEEDS + "=1",
                    e);
        } finally {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
