package io.deltatrace.test.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.spring.transaction.DeltaTraceTransactionManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** An application that has JPA and DeltaTrace, with the starters and nothing said about either. */
@SpringBootTest(classes = JpaApplication.class)
class BesideJpaTests {

    @Autowired
    private ApplicationContext context;

    @Autowired
    private JpaApplication.Library library;

    @Autowired
    private ShelfRepository shelves;

    @Autowired
    private TitleRepository titles;

    @Autowired
    private DeltaTraceDatabase database;

    private static void succeed() {}

    private static void fail() {
        throw new IllegalStateException("too late");
    }

    @BeforeEach
    void empty() {
        shelves.deleteAll();
        titles.deleteAll();
    }

    @Test
    void repositories_areEachOfTheirModule() {
        library.shelve("A", BesideJpaTests::succeed);
        library.list("one", "other", BesideJpaTests::succeed);

        assertThat(shelves.findByLabel("A"))
                .singleElement()
                .satisfies(shelf -> assertThat(shelf.id()).isNotNull());
        assertThat(titles.findByText("other")).hasSize(1);
        assertThat(database.collections()).containsExactly("titles");
        assertThat(context.getBeansOfType(PlatformTransactionManager.class).values())
                .hasExactlyElementsOfTypes(JpaTransactionManager.class, DeltaTraceTransactionManager.class);
    }

    @Test
    void transactionWithoutAName_isJpas() {
        long before = database.snapshot().revision();
        assertThatIllegalStateException().isThrownBy(() -> library.shelve("A", BesideJpaTests::fail));

        assertThat(shelves.findAll()).isEmpty();
        assertThat(database.snapshot().revision()).isEqualTo(before);
    }

    @Test
    void transactionWithOurName_isOneEntry_orNone() {
        long before = database.snapshot().revision();
        library.list("one", "other", BesideJpaTests::succeed);
        assertThat(database.snapshot().revision()).isEqualTo(before + 1);

        assertThatIllegalStateException().isThrownBy(() -> library.list("third", "fourth", BesideJpaTests::fail));
        assertThat(titles.findAll()).extracting(Title::text).containsExactly("one", "other");
        assertThat(database.history()
                        .entries(HistoryFilter.all().limit(1))
                        .get(0)
                        .outcome())
                .isEqualTo(Outcome.FAILED);
    }

    /** There is no commit across both, and nobody is promised one. */
    @Test
    void transactionWithinAnother_isOnItsOwn() {
        assertThatIllegalStateException()
                .isThrownBy(() -> library.shelve("A", () -> {
                    library.list("one", "other", BesideJpaTests::succeed);
                    fail();
                }));

        assertThat(shelves.findAll()).isEmpty();
        assertThat(titles.findAll()).hasSize(2);
    }
}
