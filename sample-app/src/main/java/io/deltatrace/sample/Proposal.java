package io.deltatrace.sample;

import io.deltatrace.spring.data.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.CreatedBy;
import org.springframework.data.annotation.Id;

/**
 * A correction that a steward has to decide on.
 *
 * @param id its number; null as long as it is not saved
 * @param country the code of the country
 * @param correction what is proposed
 * @param state what has become of it
 * @param proposer who proposed it; set when it is saved. Why is in the history
 */
@Collection("proposals")
record Proposal(
        @Id @Nullable Long id,
        String country,
        Correction correction,
        State state,
        @CreatedBy @Nullable String proposer) {

    enum State {
        OPEN,
        ACCEPTED,
        REJECTED
    }

    static Proposal of(String country, Correction correction) {
        return new Proposal(null, country, correction, State.OPEN, null);
    }

    Proposal decided(State decision) {
        return new Proposal(id, country, correction, decision, proposer);
    }
}
