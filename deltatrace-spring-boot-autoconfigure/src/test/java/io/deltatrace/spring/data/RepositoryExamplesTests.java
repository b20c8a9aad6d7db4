package io.deltatrace.spring.data;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.autoconfigure.data.DeltaTraceDataAutoConfiguration;
import io.deltatrace.condition.Condition;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.spring.cause.DeltaTraceCauseAutoConfiguration;
import io.deltatrace.spring.data.RepositoryExamplesTests.User.Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.ExampleMatcher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.history.Revision;

/** The examples of docs/repositories.md, which {@code DocumentedExamplesTests} compares with this file. */
class RepositoryExamplesTests {

    @Collection("users")
    record User(
            @Id @Nullable Long id,
            String name,
            @JsonProperty("mail") String email,
            int age,
            boolean active,
            List<String> tags,
            Address address) {

        record Address(String city, String street) {}
    }

    interface NameOnly {

        String getName();
    }

    record Contact(String name, String email) {}

    interface UserRepository extends DeltaTraceRepository<User, Long> {

        List<User> findByAgeGreaterThanEqualOrderByName(int age);

        Optional<User> findByEmailIgnoreCase(String email);

        List<User> findByTagsContainingAndAddressCityIn(String tag, List<String> cities);

        long countByActiveTrue();

        boolean existsByAddressCity(String city);

        List<User> removeByActiveFalse();
    }

    interface MoreUsers extends UserRepository {

        <P> List<P> findByActiveTrue(Class<P> type);

        Window<User> findTop2ByOrderByName(ScrollPosition position);

        @Query("""
                {"type":"or_","conditions":[
                  {"type":"in_","field":"address.city","values":[":cities"]},
                  {"type":"startsWith_","field":"mail","value":":prefix"}]}""")
        List<User> near(List<String> cities, String prefix, Sort sort);
    }

    record Account(
            @Id @Nullable Long id,
            int balance,
            @Version @Nullable Long version) {}

    @Collection("customers")
    record Customer(
            @Id @Nullable Long id,
            @Indexed(unique = true) String email,
            @Indexed(ordered = true) int age) {}

    interface CustomerRepository extends DeltaTraceRepository<Customer, Long> {}

    interface AccountRepository extends DeltaTraceRepository<Account, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableDeltaTraceRepositories(
            basePackageClasses = RepositoryExamplesTests.class,
            considerNestedRepositories = true,
            includeFilters =
                    @org.springframework.context.annotation.ComponentScan.Filter(
                            type = org.springframework.context.annotation.FilterType.REGEX,
                            pattern = ".*RepositoryExamplesTests.*"))
    @ImportAutoConfiguration({
        DeltaTraceCauseAutoConfiguration.class,
        DeltaTraceAutoConfiguration.class,
        DeltaTraceDataAutoConfiguration.class
    })
    static class Application {

        @Bean
        EntityIndexes indexes() {
            return new EntityIndexes(List.of(Customer.class), null);
        }
    }

    private ConfigurableApplicationContext context;
    private DeltaTraceTemplate template;

    @BeforeEach
    void start() {
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run();
        template = context.getBean(DeltaTraceTemplate.class);
    }

    @AfterEach
    void stop() {
        context.close();
    }

    private UserRepository users() {
        return context.getBean("repositoryExamplesTests.UserRepository", UserRepository.class);
    }

    private MoreUsers moreUsers() {
        MoreUsers users = context.getBean(MoreUsers.class);
        users.save(new User(null, "Hana", "hana@example.org", 31, true, List.of("gold"), new Address("Nara", "Sanjo")));
        users.save(new User(null, "Jiro", "jiro@example.org", 17, true, List.of(), new Address("Kyoto", "Gojo")));
        users.save(new User(null, "Taro", "taro@example.org", 40, true, List.of(), new Address("Osaka", "Mido")));
        return users;
    }

    @Test
    void interface_isARepository() {
        UserRepository users = users();
        User hana = users.save(
                new User(null, "Hana", "hana@example.org", 31, true, List.of("gold"), new Address("Nara", "Sanjo")));
        assertThat(hana.id()).isEqualTo(0);
        assertThat(users.findByEmailIgnoreCase("HANA@example.org")).contains(hana);
        assertThat(users.findByTagsContainingAndAddressCityIn("gold", List.of("Nara", "Kyoto")))
                .containsExactly(hana);
        assertThat(users.findByAgeGreaterThanEqualOrderByName(18)).containsExactly(hana);
        assertThat(users.countByActiveTrue()).isEqualTo(1);
        assertThat(users.existsByAddressCity("Nara")).isTrue();
        assertThat(users.removeByActiveFalse()).isEmpty();
    }

    @Test
    void version_isLocked() {
        AccountRepository accounts = context.getBean(AccountRepository.class);
        accounts.save(new Account(null, 100, null));
        Account read = accounts.findById(0L).orElseThrow();
        accounts.save(new Account(0L, read.balance() + 10, read.version()));
        assertThatThrownBy(() -> accounts.save(new Account(0L, read.balance() - 10, read.version())))
                .isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void uniqueValue_isThereOnce() {
        CustomerRepository customers = context.getBean(CustomerRepository.class);
        customers.save(new Customer(null, "hana@example.org", 31));
        assertThatThrownBy(() -> customers.save(new Customer(null, "hana@example.org", 17)))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void results_comeInPagesAndWindows() {
        MoreUsers users = moreUsers();
        Page<User> page =
                users.findAll(PageRequest.of(0, 2, Sort.by("address.city").descending()));
        assertThat(page.getTotalElements()).isEqualTo(3);

        Window<User> window = users.findTop2ByOrderByName(ScrollPosition.keyset());
        while (window.hasNext()) {
            window = users.findTop2ByOrderByName(window.positionAt(window.size() - 1));
        }
        assertThat(window).extracting(User::name).containsExactly("Taro");
    }

    @Test
    void projections_areInterfacesAndRecords() {
        MoreUsers users = moreUsers();
        assertThat(users.findByActiveTrue(NameOnly.class))
                .extracting(NameOnly::getName)
                .contains("Hana");
        assertThat(users.findByActiveTrue(Contact.class)).contains(new Contact("Hana", "hana@example.org"));
    }

    @Test
    void conditions_areInJson() {
        MoreUsers users = moreUsers();
        assertThat(users.near(List.of("Kyoto"), "hana@", Sort.by("name")))
                .extracting(User::name)
                .containsExactly("Hana", "Jiro");
    }

    @Test
    void example_isAQuery() {
        MoreUsers users = moreUsers();
        User probe = new User(null, "HA", null, 0, true, null, null);
        ExampleMatcher matcher = ExampleMatcher.matching()
                .withIgnorePaths("age")
                .withMatcher("name", name -> name.startsWith().ignoreCase());
        assertThat(users.findAll(Example.of(probe, matcher)))
                .extracting(User::name)
                .containsExactly("Hana");
    }

    @Test
    void past_isThere() {
        UserRepository users = users();
        users.save(new User(null, "Hana", "hana@example.org", 31, true, List.of("gold"), new Address("Nara", "Sanjo")));
        users.save(new User(0L, "Hanako", "hana@example.org", 32, true, List.of("gold"), new Address("Nara", "Sanjo")));
        Revision<Long, User> last = users.findLastChangeRevision(0L).orElseThrow();
        HistoryEntry entry = last.getMetadata().getDelegate();
        assertThat(entry.request().cause().what()).isEqualTo("UserRepository.save");
        assertThat(users.findRevisions(0L))
                .extracting(revision -> revision.getEntity().name())
                .containsExactly("Hana", "Hanako");

        long before = last.getRequiredRevisionNumber() - 1;
        assertThat(users.findByIdAsOf(0L, before)).map(User::name).contains("Hana");
        User back = users.revert(0L, before, "she did not want a new name");
        assertThat(back.name()).isEqualTo("Hana");
        assertThat(users.findAllAsOf(entry.committedAt()))
                .extracting(User::name)
                .contains("Hanako");
    }

    @Test
    void template_doesTheRest() {
        moreUsers();
        template.update(User.class, field("address.city").equalTo("Nara"), Map.of("active", false));
        assertThat(template.find(User.class, field("active").equalTo(false), Sort.by("name")))
                .hasSize(1);
        assertThat(template.asOf(1).count(User.class, Condition.all())).isEqualTo(1);
        template.revisions(User.class, field("mail").endsWith("example.org"))
                .forEach(revision -> assertThat(revision.getEntity().email()).endsWith("example.org"));
    }
}
