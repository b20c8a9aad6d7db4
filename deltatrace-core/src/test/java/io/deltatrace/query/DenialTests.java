package io.deltatrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DenialTests {

    private static final Merge MERGE = Merge.of("base", "id", "output", Map.of("all", "base"))
            .with("source", "id")
            .serialBase("serials");
    private static final Permission READ = Permission.of(QueryType.SEARCH_ONE);
    private static final Map<String, Permission> ENOUGH =
            Map.of("base", READ, "source", READ, "serials", READ, "output", Permission.of(QueryType.MERGE));

    @Test
    void query_needsItsTypeOnItsTarget() {
        Query count = Query.count("users");

        assertThat(count.denialUnder(Map.of("users", Permission.of(QueryType.COUNT))))
                .isNull();
        assertThat(count.denialUnder(Map.of("users", Permission.of(QueryType.SEARCH))))
                .isEqualTo("Not permitted: count on 'users'");
        assertThat(count.denialUnder(Map.of())).isEqualTo("Not permitted: count on 'users'");
    }

    @Test
    void transaction_needsWhatEachOfItsQueriesDoes() {
        TransactionQuery both = TransactionQuery.of(Query.count("users"), Query.count("secrets"));
        Permission count = Permission.of(QueryType.COUNT);

        assertThat(both.denialUnder(Map.of("users", count))).isEqualTo("Not permitted: count on 'secrets'");
        assertThat(both.denialUnder(Map.of("users", count, "secrets", count))).isNull();
    }

    @Test
    void merge_needsEverythingThatItReads_andTheOutput() {
        Query merge = Query.merge(MERGE);

        assertThat(merge.denialUnder(ENOUGH)).isNull();
        for (String missing : List.of("base", "source", "serials", "output")) {
            Map<String, Permission> without = new HashMap<>(ENOUGH);
            without.remove(missing);
            assertThat(merge.denialUnder(without)).endsWith("on '" + missing + "'");
        }
        assertThat(merge.collectionNames()).containsAll(ENOUGH.keySet());
    }

    @Test
    void merge_needsToReadItsTarget_whoseSizeTheResultTells() {
        assertThat(new MergeQuery("elsewhere", MERGE, true, null).denialUnder(ENOUGH))
                .isEqualTo("Not permitted: search on 'elsewhere'");
        assertThat(new MergeQuery("output", MERGE, true, null).denialUnder(ENOUGH))
                .isNull();
    }

    @Test
    void restore_isNeverPermitted() {
        assertThat(new RestoreRequest(Map.of(), true, null).denialUnder(ENOUGH)).contains("Not permitted");
        assertThat(new RevertRequest(1, List.of(), null).denialUnder(ENOUGH)).contains("Not permitted");
    }
}
