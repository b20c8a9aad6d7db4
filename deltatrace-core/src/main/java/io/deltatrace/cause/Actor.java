package io.deltatrace.cause;

import io.deltatrace.access.Permission;
import io.deltatrace.document.Document;
import io.deltatrace.document.Timestamps;
import io.deltatrace.document.Values;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who does something. Two actors are equal if type, id, permissions, context, name, e-mail and devices are; when they were
 * created and last seen does not count.
 *
 * @param type what kind of actor it is
 * @param id unique among the actors of the application
 * @param collectionPermissions what the actor may do, by collection; null if nothing is said about it
 * @param context anything else the application wants to keep
 * @param name for display
 * @param email for contact
 * @param createdAt when the actor was created
 * @param updatedAt when the actor was last changed
 * @param lastAccess when the actor last did something
 * @param lastAccessDay when the day began in which that was
 * @param operationInDay how often the actor did something in that day
 * @param deviceIds the actor's devices; null if they are not known
 */
public record Actor(
        ActorType type,
        String id,
        @Nullable Map<String, Permission> collectionPermissions,
        @Nullable Document context,
        @Nullable String name,
        @Nullable String email,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Instant lastAccess,
        @Nullable Instant lastAccessDay,
        @Nullable Integer operationInDay,
        @Nullable List<String> deviceIds) {

    /** The UTC hour at which an actor's day starts unless the application says otherwise. */
    public static final int DEFAULT_RESET_HOUR = 5;

    /** Copies the permissions and the devices. */
    public Actor {
        Objects.requireNonNull(type, "type");
        Values.requireText(Objects.requireNonNull(id, "id"));
        Values.requireTextOrNull(name);
        Values.requireTextOrNull(email);
        Stream.of(createdAt, updatedAt, lastAccess, lastAccessDay)
                .filter(Objects::nonNull)
                .forEach(Timestamps::requireWritable);
        collectionPermissions = collectionPermissions == null ? null : Map.copyOf(collectionPermissions);
        deviceIds = deviceIds == null ? null : List.copyOf(deviceIds);
        if (collectionPermissions != null) {
            collectionPermissions.keySet().forEach(Values::requireText);
        }
        if (deviceIds != null) {
            deviceIds.forEach(Values::requireText);
        }
    }

    /** A person. */
    public static Actor human(String id) {
        return of(ActorType.HUMAN, id);
    }

    /** An artificial agent. */
    public static Actor ai(String id) {
        return of(ActorType.AI, id);
    }

    /** A program. */
    public static Actor system(String id) {
        return of(ActorType.SYSTEM, id);
    }

    private static Actor of(ActorType type, String id) {
        return new Actor(type, id, null, null, null, null, null, null, null, null, null, null);
    }

    /** This actor with a name and an e-mail address. */
    public Actor named(@Nullable String name, @Nullable String email) {
        return new Actor(
                type,
                id,
                collectionPermissions,
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

    /** This actor after an operation, with the day starting at {@value #DEFAULT_RESET_HOUR} hours UTC. */
    public Actor touched(Instant now) {
        return touched(now, DEFAULT_RESET_HOUR);
    }

    /**
     * This actor after an operation: one operation more in its day, or the first one of a new day.
     *
     * @param now when the operation happens
     * @param resetHour the UTC hour, from 0 to 23, at which a day starts
     */
    public Actor touched(Instant now, int resetHour) {
        if (resetHour < 0 || resetHour > 23) {
            throw new IllegalArgumentException("The reset hour must be from 0 to 23, not " + resetHour);
        }
        Duration shift = Duration.ofHours(resetHour);
        Instant day = now.minus(shift)
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .plus(shift);
        boolean sameDay = lastAccessDay != null && !lastAccessDay.isBefore(day);
        int earlier = sameDay && operationInDay != null ? operationInDay : 0;
        return new Actor(
                type,
                id,
                collectionPermissions,
                context,
                name,
                email,
                createdAt,
                updatedAt,
                now,
                sameDay ? lastAccessDay : day,
                earlier + 1,
                deviceIds);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Actor that
                && type == that.type
                && id.equals(that.id)
                && Objects.equals(collectionPermissions, that.collectionPermissions)
                && Objects.equals(context, that.context)
                && Objects.equals(name, that.name)
                && Objects.equals(email, that.email)
                && Objects.equals(deviceIds, that.deviceIds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, id, collectionPermissions, context, name, email, deviceIds);
    }
}
