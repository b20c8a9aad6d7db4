package io.deltatrace.sample;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Whoever reads can propose a correction; stewards accept or reject it. */
@RestController
class ProposalController {

    private final Proposals proposals;
    private final Changes changes;

    ProposalController(Proposals proposals, Changes changes) {
        this.proposals = proposals;
        this.changes = changes;
    }

    @PostMapping("/countries/{code}/proposals")
    @ResponseStatus(HttpStatus.CREATED)
    Proposal propose(@PathVariable String code, @RequestBody Correction correction) {
        return proposals.propose(code, correction);
    }

    @GetMapping("/proposals")
    List<Proposal> open() {
        return proposals.open();
    }

    @PostMapping("/proposals/{id}/accept")
    Change accept(@PathVariable long id) {
        proposals.accept(id);
        return changes.ofThisRequest();
    }

    @PostMapping("/proposals/{id}/reject")
    Change reject(@PathVariable long id) {
        proposals.reject(id);
        return changes.ofThisRequest();
    }
}
