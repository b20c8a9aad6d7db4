package io.deltatrace.test.jpa;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@SpringBootApplication
class JpaApplication {

    /** Keeps shelves by JPA and titles by DeltaTrace. */
    @Service
    static class Library {

        private final ShelfRepository shelves;
        private final TitleRepository titles;

        Library(ShelfRepository shelves, TitleRepository titles) {
            this.shelves = shelves;
            this.titles = titles;
        }

        @Transactional
        void shelve(String label, Runnable then) {
            shelves.save(new Shelf(label));
            then.run();
        }

        @Transactional("deltaTraceTransactionManager")
        void list(String one, String other, Runnable then) {
            titles.save(new Title(null, one));
            titles.save(new Title(null, other));
            then.run();
        }
    }
}
