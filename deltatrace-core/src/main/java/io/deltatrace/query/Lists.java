package io.deltatrace.query;

import java.util.ArrayList;
import java.util.List;

/** What immutable lists do not have. */
final class Lists {

    private Lists() {}

    static <T> List<T> plus(List<T> list, T last) {
        List<T> more = new ArrayList<>(list);
        more.add(last);
        return List.copyOf(more);
    }
}
