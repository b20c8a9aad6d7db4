package io.deltatrace.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The countries over HTTP. */
@RestController
@RequestMapping("/countries")
class CountryController {

    private final Countries countries;

    CountryController(Countries countries) {
        this.countries = countries;
    }

    @GetMapping
    List<Country> list(@RequestParam(required = false) @Nullable String region) {
        return region == null ? countries.all() : countries.inRegion(region);
    }

    @PutMapping("/{code}/capital")
    Country changeCapital(@PathVariable String code, @RequestBody CapitalChange change) {
        return countries
                .changeCapital(
                        code,
                        required(change.capital(), "capital"),
                        required(change.editor(), "editor"),
                        required(change.reason(), "reason"))
                .orElseThrow(() ->
                        new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no country with the code " + code));
    }

    /** What cannot be stored, such as half a character. */
    @ExceptionHandler
    ProblemDetail refused(IllegalArgumentException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
    }

    private static String required(@Nullable String value, String name) {
        if (value == null || value.isBlank()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "'" + name + "' is required");
        }
        return value;
    }

    /**
     * What is to be changed.
     *
     * @param capital the new capital
     * @param editor the id of the person who changes it
     * @param reason why
     */
    record CapitalChange(
            @Nullable String capital,
            @Nullable String editor,
            @Nullable String reason) {}
}
