package io.deltatrace.sample;

import io.deltatrace.cause.ActorType;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What has happened to the countries, for those who answer for them. Values are shown by the endpoints of Actuator only. */
@RestController
@RequestMapping("/changes")
class ChangeController {

    private final Changes changes;

    ChangeController(Changes changes) {
        this.changes = changes;
    }

    @GetMapping
    List<Change> find(
            @RequestParam(required = false) @Nullable ActorType actor,
            @RequestParam(defaultValue = "1") double maxConfidence) {
        return changes.find(actor, maxConfidence);
    }

    @PostMapping("/{revision}/undo")
    Change undo(@PathVariable long revision, Principal steward) {
        changes.undo(revision, steward.getName());
        return changes.ofThisRequest();
    }
}
