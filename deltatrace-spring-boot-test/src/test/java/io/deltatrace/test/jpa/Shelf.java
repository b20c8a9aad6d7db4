package io.deltatrace.test.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

@Entity
class Shelf {

    @Id
    @GeneratedValue
    private Long id;

    private String label;

    Shelf() {}

    Shelf(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    Long id() {
        return id;
    }
}
