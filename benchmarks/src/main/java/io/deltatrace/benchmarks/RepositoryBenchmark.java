package io.deltatrace.benchmarks;

import io.deltatrace.spring.data.Collection;
import io.deltatrace.spring.data.DeltaTraceRepository;
import io.deltatrace.spring.data.EnableDeltaTraceRepositories;
import io.deltatrace.spring.data.Indexed;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.annotation.Id;

/** Finding one entity of many through a repository, as an application does. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RepositoryBenchmark {

    /** What is looked for. */
    @Collection("customers")
    public record Customer(
            @Id Long id, @Indexed(unique = true) String email, String name, int age) {}

    /** Where it is looked for. */
    public interface CustomerRepository extends DeltaTraceRepository<Customer, Long> {

        /** By an indexed property. */
        Optional<Customer> findByEmail(String email);

        /** By a property that is not. */
        List<Customer> findByAge(int age);
    }

    /** The application. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableDeltaTraceRepositories(considerNestedRepositories = true)
    static class Application {}

    /** How many there are. */
    @Param("100000")
    int entities;

    private ConfigurableApplicationContext context;
    private CustomerRepository customers;

    /** Starts the application and fills its database. */
    @Setup
    public void fill() {
        context = new SpringApplicationBuilder(Application.class).run();
        customers = context.getBean(CustomerRepository.class);
        customers.saveAll(IntStream.range(0, entities)
                .mapToObj(i -> new Customer(null, "customer" + i + "@example.org", "Customer " + i, i % entities / 10))
                .toList());
    }

    @TearDown
    public void close() {
        context.close();
    }

    @Benchmark
    public Customer findById() {
        return customers
                .findById(ThreadLocalRandom.current().nextLong(entities))
                .orElseThrow();
    }

    @Benchmark
    public Customer findByEmail() {
        int number = ThreadLocalRandom.current().nextInt(entities);
        return customers.findByEmail("customer" + number + "@example.org").orElseThrow();
    }

    /** Without an index, every document is looked at. */
    @Benchmark
    public List<Customer> findByAge() {
        return customers.findByAge(ThreadLocalRandom.current().nextInt(entities / 10));
    }
}
