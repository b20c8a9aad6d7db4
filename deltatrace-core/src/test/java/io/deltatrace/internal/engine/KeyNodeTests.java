package io.deltatrace.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KeyNodeTests {

    private static final int ENOUGH_FOR_THREE_LEVELS = KeyNode.WIDTH * KeyNode.WIDTH + 1;

    /** Random batches of changes to a tree and to a set must agree, and the versions before must stay as they were. */
    @Property(tries = 150)
    void anySequenceOfEdits_agreesWithASet(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4000) int mostChanges,
            @ForAll @IntRange(min = 1, max = 5000) int mostKeys) {
        Random random = new Random(seed);
        TreeSet<KeyChange> model = new TreeSet<>();
        KeyNode tree = KeyLeaf.EMPTY;
        // Few keys have many rows, which then fill several leaves.
        int mostRows = mostKeys < 100 ? 300 : 3;
        for (int step = 0; step < 12; step++) {
            KeyNode before = tree;
            List<KeyChange> entriesBefore = List.copyOf(model);
            TreeSet<KeyChange> changes = new TreeSet<>();
            boolean removing = random.nextBoolean();
            if (removing && random.nextInt(4) == 0) {
                model.stream().filter(entry -> random.nextInt(20) > 0).forEach(entry -> changes.add(removal(entry)));
            } else {
                for (int i = random.nextInt(mostChanges); i >= 0; i--) {
                    KeyChange added = addition((long) random.nextInt(mostKeys), random.nextInt(mostRows));
                    changes.add(model.contains(added) ? removal(added) : added);
                }
            }
            tree = tree.edited(changes.toArray(new KeyChange[0]));
            for (KeyChange change : changes) {
                if (change.removed()) {
                    model.remove(change);
                } else {
                    model.add(change);
                }
            }
            assertSame(tree, model, random);
            assertThat(rows(before)).isEqualTo(rows(entriesBefore));
        }
    }

    private static void assertSame(KeyNode tree, NavigableSet<KeyChange> model, Random random) {
        List<KeyChange> entries = List.copyOf(model);
        assertThat(tree.size()).isEqualTo(entries.size());
        assertThat(rows(tree)).isEqualTo(rows(entries));
        assertThat(isEven(tree)).isTrue();
        for (int i = 0; i < 50; i++) {
            long key = random.nextBoolean() || entries.isEmpty()
                    ? random.nextInt(5000)
                    : (Long) entries.get(random.nextInt(entries.size())).key();
            KeyChange any = addition(key, random.nextInt(4) - 1);
            assertThat(tree.rank(any.code(), any.key(), any.row()))
                    .isEqualTo(model.headSet(any, false).size());
            assertExtentIsOfTheKey(tree, any);
            if (!entries.isEmpty()) {
                int position = random.nextInt(entries.size());
                int[] place = {0};
                KeyLeaf leaf = tree.leaf(position, place);
                assertThat(leaf.keys[place[0]]).isEqualTo(entries.get(position).key());
                assertThat(leaf.row(place[0])).isEqualTo(entries.get(position).row());
                int end = position + random.nextInt(entries.size() - position);
                long[] some = new long[end - position];
                if (end > position) {
                    tree.rows(position, end, some, 0);
                }
                assertThat(some).isEqualTo(rows(entries.subList(position, end)));
            }
        }
    }

    private static void assertExtentIsOfTheKey(KeyNode tree, KeyChange any) {
        int from = tree.rank(any.code(), any.key(), KeyNode.BEFORE_ALL);
        int to = tree.rank(any.code(), any.key(), Long.MAX_VALUE);
        KeyNode.Extent extent = tree.extent(any.code(), any.key());
        assertThat(extent.from()).isEqualTo(from);
        assertThat(extent.to()).isEqualTo(to);
        assertThat(extent.size()).isEqualTo(to - from);
        long[] rows = new long[to - from];
        if (to > from) {
            tree.rows(from, to, rows, 0);
        }
        if (extent.rows() != null) {
            assertThat(extent.rows()).isEqualTo(rows);
        }
    }

    /** All leaves are at one depth, and nodes are not wider than they may be. */
    private static boolean isEven(KeyNode tree) {
        return height(tree) >= 0;
    }

    private static int height(KeyNode node) {
        if (node.width() > KeyNode.WIDTH) {
            return -1;
        }
        if (!(node instanceof KeyBranch branch)) {
            return node == KeyLeaf.EMPTY || node.width() > 0 ? 1 : -1;
        }
        int height = height(branch.child(0));
        for (int i = 1; i < branch.width(); i++) {
            if (height(branch.child(i)) != height) {
                return -1;
            }
        }
        return height < 0 ? -1 : height + 1;
    }

    @Test
    void entriesThatComeInOrder_fillTheLeaves() {
        KeyNode tree = KeyLeaf.EMPTY;
        for (int i = 0; i < ENOUGH_FOR_THREE_LEVELS; i++) {
            tree = tree.edited(new KeyChange[] {addition((long) i, i)});
        }

        assertThat(leaves(tree)).isEqualTo(KeyNode.WIDTH + 1);
        assertThat(height(tree)).isEqualTo(3);
    }

    @Test
    void entriesTakenOutOneByOne_leaveNoSmallNodesBehind() {
        KeyChange[] all = new KeyChange[ENOUGH_FOR_THREE_LEVELS];
        Arrays.setAll(all, i -> addition((long) i, i));
        KeyNode tree = KeyLeaf.EMPTY.edited(all);
        for (int i = 0; i < all.length; i++) {
            if (i % 20 != 0) {
                tree = tree.edited(new KeyChange[] {removal(all[i])});
            }
        }

        assertThat(tree.size()).isEqualTo((ENOUGH_FOR_THREE_LEVELS + 19) / 20);
        assertThat(leaves(tree)).isLessThanOrEqualTo(tree.size() * 4 / KeyNode.WIDTH + 1);
    }

    /** The first node that is changed stays large, so that only the others are a reason to join. */
    @Test
    void entriesTakenOutTogether_leaveNoSmallNodesBehind() {
        KeyChange[] all = new KeyChange[ENOUGH_FOR_THREE_LEVELS];
        Arrays.setAll(all, i -> addition((long) i, i));
        KeyChange[] removed = Arrays.stream(all)
                .filter(entry -> entry.row() == 1 || (entry.row() >= KeyNode.WIDTH && entry.row() % 20 != 0))
                .map(KeyNodeTests::removal)
                .toArray(KeyChange[]::new);
        KeyNode tree = KeyLeaf.EMPTY.edited(all).edited(removed);

        assertThat(tree.size()).isEqualTo(all.length - removed.length);
        assertThat(leaves(tree)).isLessThanOrEqualTo(tree.size() * 4 / KeyNode.WIDTH + 1);
    }

    /** Whether its code tells all or not; also of a leaf that was changed, and where a leaf begins and ends. */
    @Test
    void keyInOneLeaf_isFoundWithItsRow() {
        KeyChange[] all = new KeyChange[ENOUGH_FOR_THREE_LEVELS];
        Arrays.setAll(all, i -> addition(500 + 2L * i, 7L * i));
        KeyNode tree = KeyLeaf.EMPTY.edited(all).edited(new KeyChange[] {removal(all[7])});
        tree = tree.edited(new KeyChange[] {addition(1501L, 3)});
        int position = 0;
        int inOneLeaf = 0;
        for (KeyChange entry : all) {
            KeyNode.Extent extent = tree.extent(entry.code(), entry.key());
            assertThat(extent.size()).isEqualTo(entry.equals(all[7]) ? 0 : 1);
            assertThat(extent.from()).isEqualTo(position);
            position += extent.size() + (entry.key().equals(1500L) ? 1 : 0);
            if (extent.rows() != null && extent.size() == 1) {
                assertThat(extent.rows()).containsExactly(entry.row());
                inOneLeaf++;
            }
        }

        assertThat(tree.extent(addition(1501L, 3).code(), 1501L).rows()).containsExactly(3);
        assertThat(inOneLeaf).isGreaterThan(all.length * 9 / 10);
    }

    @Test
    void keyWithMoreRowsThanALeaf_isFoundInAll() {
        for (int rows = 1; rows < 3 * KeyNode.WIDTH; rows++) {
            KeyChange[] all = new KeyChange[rows + 2 * KeyNode.WIDTH];
            int count = rows;
            Arrays.setAll(
                    all,
                    i -> addition(i < KeyNode.WIDTH - 2 ? i : i < KeyNode.WIDTH - 2 + count ? 2000L : 2000L + i, i));
            KeyNode.Extent extent =
                    KeyLeaf.EMPTY.edited(all).extent(addition(2000L, 0).code(), 2000L);

            assertThat(extent.from()).isEqualTo(KeyNode.WIDTH - 2);
            assertThat(extent.size()).isEqualTo(rows);
        }
    }

    @Test
    void treeThatLosesEverything_isTheEmptyOne() {
        KeyChange[] all = new KeyChange[ENOUGH_FOR_THREE_LEVELS];
        Arrays.setAll(all, i -> addition((long) i, i));
        KeyNode tree = KeyLeaf.EMPTY.edited(all);

        assertThat(tree.edited(Arrays.stream(all).map(KeyNodeTests::removal).toArray(KeyChange[]::new)))
                .isSameAs(KeyLeaf.EMPTY);
    }

    @Test
    void singleChange_copiesOnlyTheWayToIt() {
        KeyChange[] all = new KeyChange[ENOUGH_FOR_THREE_LEVELS];
        Arrays.setAll(all, i -> addition((long) i * 2, i));
        KeyBranch before = (KeyBranch) KeyLeaf.EMPTY.edited(all).edited(new KeyChange[] {removal(all[7])});
        KeyBranch after = (KeyBranch) before.edited(new KeyChange[] {addition(13L, 0)});

        KeyBranch one = (KeyBranch) before.child(0);
        KeyBranch other = (KeyBranch) after.child(0);
        assertThat(other.child(0)).isNotSameAs(one.child(0));
        for (int i = 1; i < one.width(); i++) {
            assertThat(other.child(i)).isSameAs(one.child(i));
        }
    }

    private static int leaves(KeyNode node) {
        int leaves = node instanceof KeyLeaf ? 1 : 0;
        for (int i = 0; node instanceof KeyBranch branch && i < node.width(); i++) {
            leaves += leaves(branch.child(i));
        }
        return leaves;
    }

    /** Three of the lower keys have the same code; those of the others tell all. */
    private static KeyChange addition(Long key, long row) {
        long code = key < 1000 ? (1 + key / 3) * 4 + 1 : (1 + key) * 4 + 2;
        return new KeyChange(KeyOrder.codeOf(KeyOrder.NUMBER) + code, key, row, false);
    }

    private static KeyChange removal(KeyChange added) {
        return new KeyChange(added.code(), added.key(), added.row(), true);
    }

    private static long[] rows(KeyNode tree) {
        long[] rows = new long[tree.size()];
        if (rows.length > 0) {
            tree.rows(0, rows.length, rows, 0);
        }
        return rows;
    }

    private static long[] rows(List<KeyChange> entries) {
        List<Long> rows = new ArrayList<>();
        entries.forEach(entry -> rows.add(entry.row()));
        return rows.stream().mapToLong(Long::longValue).toArray();
    }
}
