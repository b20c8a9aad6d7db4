package io.deltatrace.sample;

import java.security.Principal;
import java.util.Map;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Corrections by stewards, and by the assistant. The answer is what the history says of them. */
@RestController
class CorrectionController {

    private final Corrections corrections;
    private final Changes changes;

    CorrectionController(Corrections corrections, Changes changes) {
        this.corrections = corrections;
        this.changes = changes;
    }

    @PostMapping("/countries/{code}/corrections")
    Change correct(@PathVariable String code, @RequestBody Correction correction) {
        corrections.apply(code, correction);
        return changes.ofThisRequest();
    }

    @PostMapping("/countries/corrections")
    Change correctAll(@RequestBody Map<String, Correction> byCode) {
        if (byCode.isEmpty()) {
            throw Problems.badRequest("There is nothing to correct");
        }
        corrections.applyAll(byCode);
        return changes.ofThisRequest();
    }

    @PostMapping("/assistant/countries/{code}/corrections")
    Change guess(
            @PathVariable String code,
            @RequestParam double confidence,
            @RequestBody Correction correction,
            Principal assistant) {
        if (!(confidence >= 0 && confidence < 1)) {
            throw Problems.badRequest("'confidence' is at least 0 and less than 1: an assistant is never certain");
        }
        corrections.applyGuess(code, correction, assistant.getName(), confidence);
        return changes.ofThisRequest();
    }
}
