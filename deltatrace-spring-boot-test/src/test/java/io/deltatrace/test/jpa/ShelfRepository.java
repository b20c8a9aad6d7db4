package io.deltatrace.test.jpa;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface ShelfRepository extends JpaRepository<Shelf, Long> {

    List<Shelf> findByLabel(String label);
}
