package io.deltatrace.condition;

import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.FieldReader;
import java.util.function.Predicate;

/** A condition that asks for nothing of a document but the value of one field. */
public sealed interface FieldCondition extends Condition permits Comparison, TextMatch, Membership, Regex {

    /** The path to the field. */
    FieldPath field();

    /**
     * A test of the field's values for one run of a query. It may not be thread-safe.
     *
     * @throws IllegalArgumentException as {@link #compile()}
     */
    ValueTest compileForValues();

    @Override
    default Predicate<Document> compile() {
        ValueTest test = compileForValues();
        FieldReader reader = field().reader();
        return document -> test.test(reader.read(document));
    }
}
