package io.deltatrace.json;

import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.TemporalTrace;
import io.deltatrace.cause.TimestampNode;
import java.util.TreeMap;

/** Writes a cause with its actor and its trace, and permissions. Sets are written sorted, so that equal causes look equal. */
final class CauseWriter {

    private final JsonSink out;

    CauseWriter(JsonSink out) {
        this.out = out;
    }

    void cause(Cause cause) {
        out.object("Cause", "1", () -> {
            out.text("serial", cause.serial());
            out.text("chainParentSerial", cause.chainParentSerial());
            out.field("who", cause.who(), this::actor);
            out.field("when", cause.when(), this::trace);
            out.text("what", cause.what());
            out.text("why", cause.why());
            out.text("from", cause.from());
            out.value("context", cause.context());
            out.number("confidenceScore", cause.confidenceScore());
        });
    }

    private void actor(Actor actor) {
        out.object("Actor", "6", () -> {
            out.text("type", actor.type().wireName());
            out.text("id", actor.id());
            out.map(
                    "collectionPermissions",
                    actor.collectionPermissions() == null ? null : new TreeMap<>(actor.collectionPermissions()),
                    this::permission);
            out.value("context", actor.context());
            out.text("name", actor.name());
            out.text("email", actor.email());
            out.instant("createdAt", actor.createdAt());
            out.instant("updatedAt", actor.updatedAt());
            out.instant("lastAccess", actor.lastAccess());
            out.instant("lastAccessDay", actor.lastAccessDay());
            Integer operations = actor.operationInDay();
            out.value("operationInDay", operations == null ? null : operations.longValue());
            out.texts("deviceIds", actor.deviceIds());
        });
    }

    private void trace(TemporalTrace trace) {
        out.object("TemporalTrace", "1", () -> out.array("nodes", trace.nodes(), this::node));
    }

    private void node(TimestampNode node) {
        out.object("TimestampNode", "1", () -> {
            out.instant("timestamp", node.timestamp());
            out.text("location", node.location());
            out.value("context", node.context());
        });
    }

    private void permission(Permission permission) {
        out.object(
                "Permission",
                "1",
                () -> out.texts(
                        "allows",
                        permission.allows().stream()
                                .sorted()
                                .map(QueryType::wireName)
                                .toList()));
    }
}
