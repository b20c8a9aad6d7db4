package io.deltatrace.spring.data;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.document.Document;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.CreatedBy;
import org.springframework.data.annotation.CreatedDate;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.LastModifiedBy;
import org.springframework.data.annotation.LastModifiedDate;
import org.springframework.data.annotation.Version;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** How entities of all kinds are inserted, updated and deleted. */
class SavingTests {

    private final DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();
    private final DeltaTraceTemplate template = new DeltaTraceTemplate(database, null);

    record User(@Id long id, String name) {}

    record Tag(@Id @Nullable String id, String text) {}

    record Token(@Id @Nullable UUID id, String text) {}

    record Small(@Id @Nullable Integer number, String text) {}

    static class Bean {
        @Id
        private Long id;

        private String firstName;

        public Long getId() {
            return id;
        }

        public void setId(Long id) {
            this.id = id;
        }

        public String getFirstName() {
            return firstName;
        }

        public void setFirstName(String firstName) {
            this.firstName = firstName;
        }
    }

    record Account(
            @Id @Nullable Long id,
            int balance,
            @Version @Nullable Long version) {}

    static class Counter {
        @Id
        private long id = -1;

        @Version
        private int version;

        private int value;

        public long getId() {
            return id;
        }

        public void setId(long id) {
            this.id = id;
        }

        public int getVersion() {
            return version;
        }

        public void setVersion(int version) {
            this.version = version;
        }

        public int getValue() {
            return value;
        }

        public void setValue(int value) {
            this.value = value;
        }
    }

    private List<Document> stored(String collection) {
        return database.execute(Query.getAll(collection)).documents();
    }

    private HistoryEntry newest() {
        return database.history().entries(HistoryFilter.all().limit(1)).get(0);
    }

    @Test
    void newEntities_getNumbersFromZero() {
        assertThat(template.save(new User(-1, "a"))).isEqualTo(new User(0, "a"));
        assertThat(template.save(new User(-1, "b"))).isEqualTo(new User(1, "b"));
        assertThat(template.save(new Small(null, "c"))).isEqualTo(new Small(0, "c"));
        assertThat(template.findById(User.class, 0)).contains(new User(0, "a"));
        assertThat(stored("user")).first().hasToString("{\"id\":0,\"name\":\"a\"}");
    }

    @Test
    void newEntities_getRandomIds() {
        Tag tag = template.save(new Tag(null, "a"));
        assertThat(UUID.fromString(tag.id())).isNotNull();
        Token token = template.save(new Token(null, "b"));
        assertThat(template.findById(Token.class, token.id())).contains(token);
        assertThat(template.findById(Tag.class, tag.id())).contains(tag);
    }

    @Test
    void bean_isTheSameObjectWithAnId() {
        Bean bean = new Bean();
        bean.setFirstName("a");
        assertThat(template.save(bean)).isSameAs(bean);
        assertThat(bean.getId()).isZero();
        bean.setFirstName("b");
        template.save(bean);
        assertThat(template.findAll(Bean.class))
                .singleElement()
                .extracting(Bean::getFirstName)
                .isEqualTo("b");
    }

    @Test
    void entityWithAnId_isInsertedOnceAndThenUpdated() {
        template.save(new Tag("x", "one"));
        template.save(new Tag("x", "two"));
        assertThat(template.findAll(Tag.class)).containsExactly(new Tag("x", "two"));
    }

    @Test
    void update_keepsWhatTheEntityDoesNotKnow() {
        database.execute(Query.add("tag", Map.of("id", "x", "text", "one", "extra", 1)));
        template.save(new Tag("x", "two"));
        assertThat(stored("tag")).singleElement().satisfies(document -> {
            assertThat(document.get("text")).isEqualTo("two");
            assertThat(document.get("extra")).isEqualTo(1L);
        });
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Sparse(@Id @Nullable Long id, @Nullable String note) {}

    @Test
    void update_clearsWhatIsNotWrittenBecauseItIsNull() {
        Sparse saved = template.save(new Sparse(null, "note"));
        template.save(new Sparse(saved.id(), null));
        assertThat(template.findById(Sparse.class, 0)).contains(new Sparse(0L, null));
    }

    @Test
    void manyEntities_areSavedAndDeletedInOneRequestEach() {
        template.save(new User(-1, "zero"));
        List<User> saved = template.saveAll(List.of(new User(7, "seven"), new User(-1, "new"), new User(0, "ZERO")));
        assertThat(saved).containsExactly(new User(7, "seven"), new User(1, "new"), new User(0, "ZERO"));
        assertThat(newest().revision()).isEqualTo(2);
        assertThat(newest().request()).isInstanceOf(TransactionQuery.class);
        assertThat(template.findAll(User.class)).containsExactlyInAnyOrderElementsOf(saved);
        template.deleteAll(saved.subList(0, 2));
        assertThat(newest().revision()).isEqualTo(3);
        assertThat(template.findAll(User.class)).containsExactly(new User(0, "ZERO"));
    }

    @Test
    void nothing_isNoRequest() {
        assertThat(template.saveAll(List.<User>of())).isEmpty();
        template.deleteAll(List.of());
        assertThat(database.snapshot().revision()).isZero();
    }

    @Test
    void namesInJson_areThoseOfTheMapper() {
        DeltaTraceTemplate snake = new DeltaTraceTemplate(
                database,
                JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .build());
        Bean bean = new Bean();
        bean.setFirstName("Hana");
        snake.save(bean);
        assertThat(stored("bean")).first().hasToString("{\"first_name\":\"Hana\",\"id\":0}");
        interfaceOfBeans(snake);
    }

    private static void interfaceOfBeans(DeltaTraceTemplate snake) {
        Beans beans = People.repository(Beans.class, snake);
        assertThat(beans.findByFirstName("Hana")).hasSize(1);
    }

    interface Beans extends DeltaTraceRepository<Bean, Long> {
        List<Bean> findByFirstName(String name);
    }

    @Test
    void version_countsAndRefusesWhatIsStale() {
        Account first = template.save(new Account(null, 1, null));
        assertThat(first).isEqualTo(new Account(0L, 1, 0L));
        Account second = template.save(new Account(0L, 2, 0L));
        assertThat(second.version()).isEqualTo(1);
        assertThatThrownBy(() -> template.save(new Account(0L, 3, 0L)))
                .isInstanceOf(OptimisticLockingFailureException.class)
                .hasMessageContaining("Account");
        assertThatThrownBy(() -> template.saveAll(List.of(new Account(null, 9, null), new Account(0L, 3, 0L))))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(template.findAll(Account.class)).containsExactly(second);
        assertThatThrownBy(() -> template.delete(first)).isInstanceOf(OptimisticLockingFailureException.class);
        template.delete(second);
        assertThatThrownBy(() -> template.save(second)).isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(template.findAll(Account.class)).isEmpty();
    }

    @Test
    void version_ofEightThreads_losesNoUpdate() throws Exception {
        template.save(new Counter());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> refused = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            refused.add(threads.submit(() -> {
                start.await();
                int again = 0;
                for (int done = 0; done < 25; ) {
                    Counter counter = template.findById(Counter.class, 0).orElseThrow();
                    counter.setValue(counter.getValue() + 1);
                    try {
                        template.save(counter);
                        done++;
                    } catch (OptimisticLockingFailureException e) {
                        again++;
                    }
                }
                return again;
            }));
        }
        start.countDown();
        for (Future<Integer> future : refused) {
            assertThat(future.get()).isNotNegative();
        }
        threads.shutdown();
        Counter counter = template.findById(Counter.class, 0).orElseThrow();
        assertThat(counter.getValue()).isEqualTo(200);
        assertThat(counter.getVersion()).isEqualTo(201);
    }

    @Test
    void sameId_savedByEightThreads_isThereOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int round = 0; round < 50; round++) {
            String id = "tag" + round;
            List<Future<Tag>> all = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                String text = "text" + thread;
                all.add(threads.submit(() -> template.save(new Tag(id, text))));
            }
            for (Future<Tag> future : all) {
                future.get();
            }
            assertThat(template.count(Tag.class, field("id").equalTo(id))).isEqualTo(1);
        }
        threads.shutdown();
    }

    record Note(
            @Id @Nullable Long id,
            String text,
            @CreatedBy @Nullable String author,
            @CreatedDate @Nullable Instant written,
            @LastModifiedBy @Nullable String editor,
            @LastModifiedDate @Nullable Instant edited) {}

    @Test
    void auditing_notesWhoAndWhenInARecord() {
        Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
        String[] who = {"alice"};
        DeltaTraceTemplate audited = template.auditing(() -> Optional.of(who[0]), () -> Optional.of(now[0]));
        Note written = audited.save(new Note(null, "a", null, null, null, null));
        assertThat(written).isEqualTo(new Note(0L, "a", "alice", now[0], "alice", now[0]));
        now[0] = now[0].plusSeconds(60);
        who[0] = "bob";
        Note edited = audited.save(
                new Note(0L, "b", written.author(), written.written(), written.editor(), written.edited()));
        assertThat(edited).isEqualTo(new Note(0L, "b", "alice", written.written(), "bob", now[0]));
        assertThat(audited.findById(Note.class, 0)).contains(edited);
    }

    @Test
    void update_setsPropertiesOfMany() {
        template.saveAll(List.of(new User(-1, "a"), new User(-1, "b")));
        assertThat(template.update(User.class, field("id").greaterThan(0), Map.of("name", "c")))
                .isEqualTo(1);
        assertThat(template.update(User.class, field("id").greaterThan(9), Map.of("name", "c")))
                .isZero();
        assertThat(template.findAll(User.class)).containsExactly(new User(0, "a"), new User(1, "c"));
        assertThat(template.remove(User.class, field("name").equalTo("c"))).containsExactly(new User(1, "c"));
    }
}
