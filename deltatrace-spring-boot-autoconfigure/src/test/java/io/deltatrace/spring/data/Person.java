package io.deltatrace.spring.data;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.data.annotation.Id;

/** An entity with a property of each kind; some are called otherwise in JSON. */
@Collection("people")
record Person(
        @Id Long id,
        String name,
        @JsonProperty("mail") String email,
        int age,
        Integer score,
        BigDecimal balance,
        boolean active,
        Status status,
        Instant joined,

        @JsonFormat(shape = JsonFormat.Shape.STRING, pattern = "yyyy/MM/dd")
        LocalDate birthday,

        List<String> tags,
        @JsonProperty("home") Address address) {

    enum Status {
        NEW,
        GOOD,
        GONE
    }

    record Address(String street, @JsonProperty("town") String city, Geo geo) {}

    record Geo(double lat, double lng) {}

    Person withId(Long number) {
        return new Person(number, name, email, age, score, balance, active, status, joined, birthday, tags, address);
    }

    String city() {
        return address == null ? null : address.city();
    }

    Double lat() {
        return address == null || address.geo() == null ? null : address.geo().lat();
    }
}
