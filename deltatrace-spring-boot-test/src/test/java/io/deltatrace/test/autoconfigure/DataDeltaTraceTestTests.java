package io.deltatrace.test.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.spring.data.DeltaTraceTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The slice as applications use it. */
@DataDeltaTraceTest(properties = "deltatrace.storage.directory=target/never-made")
class DataDeltaTraceTestTests {

    @Autowired
    private BookRepository books;

    @Autowired
    private ApplicationContext context;

    @BeforeEach
    void add() {
        books.save(new Book(null, "Kokoro"));
    }

    @RepeatedTest(3)
    void eachTest_beginsWithTheSameState() {
        assertThat(books.findAll()).containsExactly(new Book(0L, "Kokoro"));
        books.save(new Book(null, "Sanshiro"));
        books.deleteById(0L);
        assertThat(books.findByTitleContaining("shi")).hasSize(1);
    }

    @RepeatedTest(2)
    void changesOfOtherThreads_areTakenBackToo() throws InterruptedException {
        Thread thread = new Thread(() -> books.save(new Book(null, "Botchan")));
        thread.start();
        thread.join();
        assertThat(books.count()).isEqualTo(2);
    }

    @Test
    void onlyTheSlice_isThere() {
        assertThat(context.getBeansOfType(DeltaTraceTemplate.class)).hasSize(1);
        assertThat(context.getBeansOfType(UnwantedService.class)).isEmpty();
        assertThat(context.getBean(DeltaTraceDatabase.class).storage()).isEmpty();
    }
}
