package io.deltatrace.sample;

import io.deltatrace.spring.data.DeltaTraceRepository;
import java.util.List;

/** The proposals. */
interface ProposalRepository extends DeltaTraceRepository<Proposal, Long> {

    List<Proposal> findByStateOrderById(Proposal.State state);
}
