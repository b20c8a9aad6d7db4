package io.deltatrace.document;

/** What a document keeps of its last conversion: an object that cannot change, and the mapping that has made it. */
record Kept(RecordMapping mapping, Object object) {}
