package io.deltatrace.json;

import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import io.deltatrace.query.Merge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a merge. */
final class MergeReader {

    private final JsonCursor in;

    MergeReader(JsonCursor in) {
        this.in = in;
    }

    Merge read() {
        Parameters parameters = new Parameters();
        in.object(parameters);
        return in.construct(parameters::build);
    }

    private final class Parameters implements JsonCursor.FieldHandler {

        private @Nullable String base;
        private List<String> sources = List.of();
        private @Nullable FieldPath relationKey;
        private List<FieldPath> sourceKeys = List.of();
        private @Nullable Document template;
        private @Nullable String output;
        private @Nullable String serialBase;
        private @Nullable String serialKey;

        @Override
        public boolean read(String name) {
            switch (name) {
                case "className" -> in.className("MergeQueryParams");
                case "base" -> base = in.string();
                case "source" -> sources = in.list(in::string);
                case "relationKey" -> relationKey = in.path();
                case "sourceKeys" -> sourceKeys = in.list(in::path);
                case "dslTmp" -> template = in.document();
                case "output" -> output = in.string();
                case "serialBase" -> serialBase = in.orNull(in::string);
                case "serialKey" -> serialKey = in.orNull(in::string);
                default -> {
                    return false;
                }
            }
            return true;
        }

        Merge build() {
            return new Merge(
                    require(base, "base"),
                    sources,
                    require(relationKey, "relationKey"),
                    sourceKeys,
                    require(template, "dslTmp"),
                    require(output, "output"),
                    serialBase,
                    serialKey);
        }

        private <T> T require(@Nullable T part, String name) {
            if (part == null) {
                throw in.failure("The parameters of a merge need '" + name + "'");
            }
            return part;
        }
    }
}
