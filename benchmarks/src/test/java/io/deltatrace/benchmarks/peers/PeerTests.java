package io.deltatrace.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeerTests {

    private static final int USERS = 1_000;

    @ParameterizedTest
    @EnumSource
    void everyPeer_answersAsAPlainLoopDoes(Peer peer) {
        for (boolean indexed : new boolean[] {false, true}) {
            assertThatCode(() -> Agreement.require(peer, indexed, User.inOrder(USERS)))
                    .doesNotThrowAnyException();
            assertThatCode(() -> Agreement.require(peer, indexed, User.shuffled(USERS)))
                    .doesNotThrowAnyException();
        }
    }
}
