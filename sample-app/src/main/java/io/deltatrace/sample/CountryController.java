package io.deltatrace.sample;

import static io.deltatrace.condition.Field.field;

import io.deltatrace.Snapshot;
import io.deltatrace.condition.Condition;
import io.deltatrace.query.Query;
import io.deltatrace.query.Sort;
import io.deltatrace.sample.Neighbours.Neighbour;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The countries for readers. A {@link Snapshot} is the present, or the past that {@code ?asOf=} asks for. */
@RestController
@RequestMapping("/countries")
class CountryController {

    /** Far below what a pattern may have. */
    private static final int LONGEST_NAME = 100;

    private final Neighbours neighbours;

    CountryController(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    @GetMapping
    List<Country> search(
            @RequestParam(required = false) @Nullable String region,
            @RequestParam(required = false) @Nullable String language,
            @RequestParam(required = false) @Nullable String name,
            Snapshot state) {
        Condition wanted = Condition.all();
        if (region != null) {
            wanted = wanted.and(field("region").equalTo(region));
        }
        if (language != null) {
            wanted = wanted.and(field("languages." + language).isNotNull());
        }
        if (name != null) {
            if (name.length() > LONGEST_NAME) {
                throw Problems.badRequest("'name' is at most " + LONGEST_NAME + " characters");
            }
            String anyCase = "(?i)" + Pattern.quote(name);
            wanted = wanted.and(field("name.common")
                    .matches(anyCase)
                    .or(field("name.official").matches(anyCase)));
        }
        return state.execute(Query.search(Country.COLLECTION).where(wanted).sort(Sort.by("name.common")))
                .orThrow()
                .as(Country.class);
    }

    @GetMapping("/{code}")
    Country byCode(@PathVariable String code, Snapshot state) {
        String cca3 = code.toUpperCase(Locale.ROOT);
        return state.execute(
                        Query.searchOne(Country.COLLECTION).where(field("cca3").equalTo(cca3)))
                .orThrow()
                .first(Country.class)
                .orElseThrow(() -> Problems.noSuchCountry(code));
    }

    @GetMapping("/{code}/neighbours")
    List<Neighbour> neighbours(@PathVariable String code, Snapshot state) {
        return neighbours.of(byCode(code, state).cca3(), state);
    }
}
