package io.deltatrace.sample;

import io.deltatrace.sample.Proposal.State;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Corrections that one person proposes and another one decides on. */
@Service
class Proposals {

    private final ProposalRepository proposals;
    private final CountryRepository countries;
    private final Corrections corrections;

    Proposals(ProposalRepository proposals, CountryRepository countries, Corrections corrections) {
        this.proposals = proposals;
        this.countries = countries;
        this.corrections = corrections;
    }

    List<Proposal> open() {
        return proposals.findByStateOrderById(State.OPEN);
    }

    Proposal propose(String code, Correction correction) {
        return proposals.save(Proposal.of(countries.byCode(code).cca3(), correction));
    }

    /** The decision and the correction are one entry of the history, and neither is without the other. */
    @Transactional
    void accept(long id) {
        Proposal accepted = decide(id, State.ACCEPTED);
        corrections.apply(accepted.country(), accepted.correction());
    }

    @Transactional
    void reject(long id) {
        decide(id, State.REJECTED);
    }

    private Proposal decide(long id, State decision) {
        Proposal proposal = proposals.findById(id).orElseThrow(() -> Problems.notFound("There is no proposal " + id));
        if (proposal.state() != State.OPEN) {
            throw Problems.conflict("Proposal " + id + " is decided: it was "
                    + proposal.state().name().toLowerCase(Locale.ROOT));
        }
        return proposals.save(proposal.decided(decision));
    }
}
