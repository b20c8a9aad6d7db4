package io.deltatrace.document;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts which fields documents have. Not thread-safe.
 *
 * <p>There is a node for each path, and it remembers which of its children are the fields of the last {@link Shape} it met.
 * Documents of one shape are thus counted without looking at a name, and no document costs memory. Objects that are used as
 * dictionaries have new names in every document; what goes beyond {@value #MAX_FIELDS} paths is passed over.
 */
public final class FieldCounter {

    /** The most paths that are counted. */
    public static final int MAX_FIELDS = 1_000;

    private final Node root = new Node();
    private int fields;
    private boolean complete = true;

    /** Counts the fields of one more document. */
    public void count(Document document) {
        count(root, document);
    }

    private void count(Node node, Document object) {
        Shape shape = object.shape();
        if (shape != node.shape) {
            meet(node, shape);
        }
        for (int i = 0; i < shape.size(); i++) {
            Node child = node.fields[i];
            if (child != null) {
                child.documents++;
                if (object.stored(i) instanceof Document inner) {
                    count(child, inner);
                }
            }
        }
    }

    private void meet(Node node, Shape shape) {
        if (node.fields.length < shape.size()) {
            node.fields = new @Nullable Node[shape.size()];
        }
        for (int i = 0; i < shape.size(); i++) {
            node.fields[i] = child(node, shape.name(i));
        }
        node.shape = shape;
    }

    private @Nullable Node child(Node node, String name) {
        Node child = node.children.get(name);
        if (child == null) {
            if (fields == MAX_FIELDS) {
                complete = false;
                return null;
            }
            fields++;
            child = new Node();
            node.children.put(name, child);
        }
        return child;
    }

    /** What was counted so far. */
    public FieldCounts counts() {
        Map<String, Long> documents = new LinkedHashMap<>();
        collect("", root, documents);
        return new FieldCounts(documents, complete);
    }

    private static void collect(String prefix, Node node, Map<String, Long> documents) {
        node.children.forEach((name, child) -> {
            documents.put(prefix + name, child.documents);
            collect(prefix + name + ".", child, documents);
        });
    }

    private static final class Node {

        private final Map<String, Node> children = new LinkedHashMap<>();
        private long documents;

        /** The children that are the fields of the shape, by slot; null for one that is passed over. */
        private @Nullable Node[] fields = new @Nullable Node[0];

        private Shape shape = Shape.EMPTY;
    }
}
