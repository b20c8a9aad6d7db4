package io.deltatrace.internal.engine;

import io.deltatrace.document.Document;
import io.deltatrace.query.Paging;
import java.util.List;

/** Cuts the wanted part out of the found documents. */
final class Page {

    private Page() {}

    /** How many of the first documents are enough to cut the page out of; the largest number if it takes all. */
    static int length(Paging paging) {
        Integer limit = paging.limit();
        Integer offset = paging.offset();
        boolean bySearching = offset == null && (paging.startAfter() != null || paging.endBefore() != null);
        if (limit == null || bySearching) {
            return Integer.MAX_VALUE;
        }
        return (int) Math.min(Integer.MAX_VALUE, (long) limit + (offset == null ? 0 : offset));
    }

    static List<Document> of(List<Document> found, Paging paging) {
        int start = 0;
        int end = found.size();
        boolean fromEnd = false;
        if (paging.offset() != null) {
            start = Math.min(paging.offset(), end);
        } else if (paging.startAfter() != null) {
            start = found.indexOf(paging.startAfter()) + 1;
        } else if (paging.endBefore() != null) {
            int index = found.indexOf(paging.endBefore());
            end = index < 0 ? end : index;
            fromEnd = true;
        }
        Integer limit = paging.limit();
        if (limit != null && limit < end - start) {
            if (fromEnd) {
                start = end - limit;
            } else {
                end = start + limit;
            }
        }
        return found.subList(start, end);
    }
}
