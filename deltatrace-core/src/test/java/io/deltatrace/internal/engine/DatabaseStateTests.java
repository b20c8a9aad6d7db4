package io.deltatrace.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.document.Document;
import io.deltatrace.query.Query;
import io.deltatrace.query.RestoreRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseStateTests {

    private static final CollectionState ONE = CollectionState.absent(1, CollectionIndexes.NONE)
            .holding(new RestoreRequest.Contents(List.of(Document.of(Map.of("n", 1))), 3));

    @Test
    void collections_keepTheOrderOfTheirCreation() {
        DatabaseState state = DatabaseState.EMPTY
                .with("b", ONE)
                .with("a", ONE)
                .with("c", CollectionState.absent(1, CollectionIndexes.NONE))
                .without("a")
                .with("a", ONE);

        assertThat(state.names()).containsExactly("b", "c", "a");
        assertThat(state.size("a")).isEqualTo(1);
        assertThat(state.size("nowhere")).isZero();
        assertThat(state.contents("b").serialNumber()).isEqualTo(3);
    }

    @Test
    void changedSince_namesWhatWasCreatedChangedOrRemoved() {
        DatabaseState before =
                DatabaseState.EMPTY.with("same", ONE).with("changed", ONE).with("removed", ONE);
        DatabaseState after = before.with("changed", CollectionState.absent(1, CollectionIndexes.NONE))
                .with("created", CollectionState.absent(1, CollectionIndexes.NONE))
                .without("removed");

        assertThat(after.changedSince(before)).containsExactlyInAnyOrder("changed", "created", "removed");
        assertThat(before.changedSince(before)).isEmpty();
    }

    @Test
    void hash_dependsOnContentsAndNames_notOnTheOrderOfCreation() {
        DatabaseState one =
                DatabaseState.EMPTY.with("a", ONE).with("b", CollectionState.absent(1, CollectionIndexes.NONE));
        DatabaseState other = DatabaseState.EMPTY
                .with("b", CollectionState.absent(1, CollectionIndexes.NONE))
                .with("a", ONE);

        assertThat(one.hash()).isEqualTo(other.hash()).hasSize(64);
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one.hash()).isNotEqualTo(one.without("b").hash());
        assertThat(one.at(7, Instant.EPOCH).hash()).isEqualTo(one.hash());
        assertThat(DatabaseState.EMPTY.hash()).isNotEqualTo(one.hash());
    }

    @Test
    void manyCollections_areRestoredAtOnce() {
        Map<String, RestoreRequest.Contents> contents = new LinkedHashMap<>();
        for (int i = 0; i < 20_000; i++) {
            contents.put("c" + i, new RestoreRequest.Contents(List.of(), i));
        }

        Applied applied = Engine.apply(
                DatabaseState.EMPTY, new Entry(1, Instant.EPOCH, new RestoreRequest(contents, true, null)));
        Applied removed = Engine.apply(applied.state(), new Entry(2, Instant.EPOCH, Query.removeCollection("c7")));

        assertThat(applied.state().names()).hasSize(20_000);
        assertThat(removed.state().names()).hasSize(19_999).doesNotContain("c7");
    }
}
