package io.deltatrace.json;

import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.ActorType;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.TemporalTrace;
import io.deltatrace.cause.TimestampNode;
import io.deltatrace.document.Document;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a cause with its actor and its trace, and permissions. */
final class CauseReader {

    private final JsonCursor in;

    CauseReader(JsonCursor in) {
        this.in = in;
    }

    Cause cause() {
        CauseFields fields = new CauseFields();
        in.object(fields);
        return in.construct(fields::build);
    }

    Permission permission() {
        Set<QueryType> allows = EnumSet.noneOf(QueryType.class);
        in.object(name -> {
            switch (name) {
                case "className" -> in.className("Permission");
                case "allows" ->
                    in.elements(() -> allows.add(in.named("query type", QueryType.values(), QueryType::wireName)));
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new Permission(allows);
    }

    private Actor actor() {
        ActorFields fields = new ActorFields();
        in.object(fields);
        return fields.build();
    }

    private TemporalTrace trace() {
        TraceFields fields = new TraceFields();
        in.object(fields);
        return new TemporalTrace(fields.nodes);
    }

    private TimestampNode node() {
        NodeFields fields = new NodeFields();
        in.object(fields);
        Instant timestamp = fields.timestamp;
        if (timestamp == null) {
            throw in.failure("A TimestampNode needs 'timestamp'");
        }
        return new TimestampNode(timestamp, fields.location, fields.context);
    }

    private final class CauseFields implements JsonCursor.FieldHandler {

        private @Nullable String serial;
        private @Nullable String chainParentSerial;
        private @Nullable Actor who;
        private @Nullable TemporalTrace when;
        private @Nullable String what;
        private @Nullable String why;
        private @Nullable String from;
        private @Nullable Document context;
        private double confidenceScore = 1.0;

        @Override
        public boolean read(String name) {
            switch (name) {
                case "className" -> in.className("Cause");
                case "serial" -> serial = in.orNull(in::string);
                case "chainParentSerial" -> chainParentSerial = in.orNull(in::string);
                case "who" -> who = in.orNull(CauseReader.this::actor);
                case "when" -> when = in.orNull(CauseReader.this::trace);
                case "what" -> what = in.orNull(in::string);
                case "why" -> why = in.orNull(in::string);
                case "from" -> from = in.orNull(in::string);
                case "context" -> context = in.orNull(in::document);
                case "confidenceScore" -> confidenceScore = in.isNull() ? 1.0 : in.number();
                default -> {
                    return false;
                }
            }
            return true;
        }

        Cause build() {
            return new Cause(serial, chainParentSerial, who, when, what, why, from, context, confidenceScore);
        }
    }

    private final class ActorFields implements JsonCursor.FieldHandler {

        private @Nullable ActorType type;
        private @Nullable String id;
        private @Nullable Map<String, Permission> permissions;
        private @Nullable Document context;
        private @Nullable String name;
        private @Nullable String email;
        private @Nullable Instant createdAt;
        private @Nullable Instant updatedAt;
        private @Nullable Instant lastAccess;
        private @Nullable Instant lastAccessDay;
        private @Nullable Integer operationInDay;
        private @Nullable List<String> deviceIds;

        @Override
        public boolean read(String field) {
            switch (field) {
                case "className" -> in.className("Actor");
                case "type" -> type = in.named("actor type", ActorType.values(), ActorType::wireName);
                case "id" -> id = in.string();
                case "collectionPermissions" -> permissions = in.orNull(() -> in.map(CauseReader.this::permission));
                case "context" -> context = in.orNull(in::document);
                case "name" -> name = in.orNull(in::string);
                case "email" -> email = in.orNull(in::string);
                case "createdAt" -> createdAt = in.orNull(in::instant);
                case "updatedAt" -> updatedAt = in.orNull(in::instant);
                case "lastAccess" -> lastAccess = in.orNull(in::instant);
                case "lastAccessDay" -> lastAccessDay = in.orNull(in::instant);
                case "operationInDay" -> operationInDay = in.orNull(in::integer);
                case "deviceIds" -> deviceIds = in.orNull(() -> in.list(in::string));
                default -> {
                    return false;
                }
            }
            return true;
        }

        Actor build() {
            if (type == null || id == null) {
                throw in.failure("An Actor needs '" + (type == null ? "type" : "id") + "'");
            }
            return new Actor(
                    type,
                    id,
                    permissions,
                    context,
                    name,
                    email,
                    createdAt,
                    updatedAt,
                    lastAccess,
                    lastAccessDay,
                    operationInDay,
                    deviceIds);
        }
    }

    private final class TraceFields implements JsonCursor.FieldHandler {

        private List<TimestampNode> nodes = List.of();

        @Override
        public boolean read(String name) {
            switch (name) {
                case "className" -> in.className("TemporalTrace");
                case "nodes" -> nodes = in.list(CauseReader.this::node);
                default -> {
                    return false;
                }
            }
            return true;
        }
    }

    private final class NodeFields implements JsonCursor.FieldHandler {

        private @Nullable Instant timestamp;
        private @Nullable String location;
        private @Nullable Document context;

        @Override
        public boolean read(String name) {
            switch (name) {
                case "className" -> in.className("TimestampNode");
                case "timestamp" -> timestamp = in.instant();
                case "location" -> location = in.orNull(in::string);
                case "context" -> context = in.orNull(in::document);
                default -> {
                    return false;
                }
            }
            return true;
        }
    }
}
