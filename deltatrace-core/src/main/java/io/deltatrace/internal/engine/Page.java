package io.deltatrace.internal.engine;

import io.deltatrace.document.Document;
import io.deltatrace.query.Paging;
import java.util.List;

/** Cuts the wanted part out of the found documents. */
final class Page {

    private Page() {}

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
