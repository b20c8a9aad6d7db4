package io.deltatrace.internal.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node with children. Its own entries separate them: each is above all entries of the children before it and above none of its
 * own child's. It need not be there any more; the first one is not looked at.
 */
final class KeyBranch extends KeyNode {

    private final KeyNode[] children;

    /** The entries of each child, if these are leaves. */
    private final long @Nullable [][] leaves;

    /** How many entries there are up to each child, with its own. */
    private final int[] ends;

    private KeyBranch(
            long[] entries, @Nullable Object[] keys, KeyNode[] children, long @Nullable [][] leaves, int[] ends) {
        super(entries, keys);
        this.children = children;
        this.leaves = leaves;
        this.ends = ends;
    }

    private static KeyBranch of(KeyNode[] children) {
        long[] entries = new long[2 * children.length];
        @Nullable Object[] keys = new @Nullable Object[children.length];
        long[][] leaves = children[0] instanceof KeyLeaf ? new long[children.length][] : null;
        int[] ends = new int[children.length];
        int end = 0;
        for (int i = 0; i < children.length; i++) {
            KeyNode child = children[i];
            entries[2 * i] = child.code(0);
            entries[2 * i + 1] = child.row(0);
            keys[i] = child.keys[0];
            if (leaves != null) {
                leaves[i] = child.entries;
            }
            end += child.size();
            ends[i] = end;
        }
        return new KeyBranch(entries, keys, children, leaves, ends);
    }

    /** The branches that nodes of one height need above them. */
    static KeyNode[] over(KeyNode[] nodes, boolean grewAtTheEnd) {
        int size = sizeOfPieces(nodes.length, grewAtTheEnd);
        KeyNode[] branches = new KeyNode[(nodes.length + size - 1) / size];
        for (int i = 0; i < branches.length; i++) {
            branches[i] = of(Arrays.copyOfRange(nodes, i * size, Math.min((i + 1) * size, nodes.length)));
        }
        return branches;
    }

    KeyNode child(int place) {
        return children[place];
    }

    @Override
    int size() {
        return ends[ends.length - 1];
    }

    private int start(int place) {
        return place == 0 ? 0 : ends[place - 1];
    }

    private int childOf(int from, KeyChange change) {
        return childOf(from, change.code(), change.key(), change.row());
    }

    /** Where an entry is, if it is there: in the last child whose separator is not above it. */
    private int childOf(int from, long code, @Nullable Object key, long row) {
        int next = ceiling(Math.max(from, 1), code, key, row);
        return next < width() && compare(next, code, key, row) == 0 ? next : next - 1;
    }

    @Override
    int rank(long code, @Nullable Object key, long row) {
        int place = childOf(0, code, key, row);
        return start(place) + children[place].rank(code, key, row);
    }

    @Override
    Extent extent(long code, @Nullable Object key) {
        KeyBranch branch = this;
        int start = 0;
        while (true) {
            int place = branch.childOf(0, code, key, BEFORE_ALL);
            if (place + 1 < branch.width() && branch.compare(place + 1, code, key, Long.MAX_VALUE) < 0) {
                int from = start + branch.rank(code, key, BEFORE_ALL);
                return new Extent(from, start + branch.rank(code, key, Long.MAX_VALUE), null);
            }
            start += branch.start(place);
            KeyNode child = branch.children[place];
            if (branch.leaves != null) {
                return child.ownExtent(branch.leaves[place], start, code, key);
            }
            branch = (KeyBranch) child;
        }
    }

    private int childAt(int position) {
        int low = 0;
        for (int left = ends.length; left > 0; ) {
            int half = (left + 1) >>> 1;
            low += ends[low + half - 1] <= position ? half : 0;
            left -= half;
        }
        return low;
    }

    @Override
    KeyLeaf leaf(int position, int[] place) {
        int child = childAt(position);
        return children[child].leaf(position - start(child), place);
    }

    @Override
    void rows(int from, int to, long[] target, int start) {
        int copied = from;
        for (int child = childAt(from); copied < to; child++) {
            int end = Math.min(to, ends[child]);
            children[child].rows(copied - start(child), end - start(child), target, start + copied - from);
            copied = end;
        }
    }

    @Override
    KeyNode[] edit(KeyChange[] changes, int from, int to) {
        int place = childOf(0, changes[from]);
        int end = endOfChanges(place, changes, from, to);
        KeyNode[] edited = children[place].edit(changes, from, end);
        boolean shrank = shrank(place, edited);
        if (end == to && edited.length == 1 && !shrank) {
            return new KeyNode[] {with(place, edited[0])};
        }
        List<KeyNode> nodes = new ArrayList<>(WIDTH + edited.length);
        nodes.addAll(Arrays.asList(children).subList(0, place));
        Collections.addAll(nodes, edited);
        boolean grewAtTheEnd = place == width() - 1;
        int taken = place + 1;
        for (int next = end; next < to; next = end) {
            place = childOf(taken, changes[next]);
            end = endOfChanges(place, changes, next, to);
            edited = children[place].edit(changes, next, end);
            shrank |= shrank(place, edited);
            nodes.addAll(Arrays.asList(children).subList(taken, place));
            Collections.addAll(nodes, edited);
            taken = place + 1;
        }
        nodes.addAll(Arrays.asList(children).subList(taken, width()));
        if (shrank) {
            join(nodes);
        }
        return over(nodes.toArray(new KeyNode[0]), grewAtTheEnd);
    }

    private boolean shrank(int place, KeyNode[] edited) {
        return edited.length == 0 || (edited[0].isSmall() && edited[0].width() < children[place].width());
    }

    private int endOfChanges(int place, KeyChange[] changes, int from, int to) {
        if (place == width() - 1) {
            return to;
        }
        int end = from + 1;
        while (end < to && compare(place + 1, changes[end].code(), changes[end].key(), changes[end].row()) > 0) {
            end++;
        }
        return end;
    }

    /** This branch with one child in place of another one; the separators are right for it too. */
    private KeyBranch with(int place, KeyNode child) {
        KeyNode[] changed = children.clone();
        changed[place] = child;
        long[][] changedLeaves = leaves == null ? null : leaves.clone();
        if (changedLeaves != null) {
            changedLeaves[place] = child.entries;
        }
        int more = child.size() - children[place].size();
        int[] moved = ends;
        if (more != 0) {
            moved = ends.clone();
            for (int i = place; i < moved.length; i++) {
                moved[i] += more;
            }
        }
        return new KeyBranch(entries, keys, changed, changedLeaves, moved);
    }

    private static void join(List<KeyNode> nodes) {
        for (int i = nodes.size() - 1; i > 0; i--) {
            if (nodes.get(i).isSmall() || nodes.get(i - 1).isSmall()) {
                KeyNode[] joined = nodes.get(i - 1).joined(nodes.get(i));
                nodes.subList(i - 1, i + 1).clear();
                nodes.addAll(i - 1, List.of(joined));
            }
        }
    }

    @Override
    KeyNode[] joined(KeyNode next) {
        List<KeyNode> nodes = new ArrayList<>(Arrays.asList(children));
        Collections.addAll(nodes, ((KeyBranch) next).children);
        return over(nodes.toArray(new KeyNode[0]), false);
    }
}
