package io.deltatrace.spring.data;

import io.deltatrace.DeltaTraceDatabaseBuilder;
import io.deltatrace.autoconfigure.DeltaTraceDatabaseBuilderCustomizer;
import io.deltatrace.index.Index;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Gives a database the indexes that classes of entities ask for by {@link Indexed}, and a unique one of each class's ids. */
public final class EntityIndexes implements DeltaTraceDatabaseBuilderCustomizer {

    private final List<Class<?>> entities;
    private final @Nullable JsonMapper mapper;

    /**
     * The indexes of some classes.
     *
     * @param mapper writes them; null for Jackson's defaults
     */
    public EntityIndexes(Collection<Class<?>> entities, @Nullable JsonMapper mapper) {
        this.entities = List.copyOf(entities);
        this.mapper = mapper;
    }

    @Override
    public void customize(DeltaTraceDatabaseBuilder builder) {
        Mappings mappings = new Mappings(mapper, false);
        for (Class<?> type : entities) {
            StoredEntity<?> entity = mappings.stored(type);
            builder.index(entity.collection(), Index.hash(entity.idName()).unique());
            mappings.findPersistentPropertyPaths(type, property -> property.isAnnotationPresent(Indexed.class))
                    .forEach(path -> {
                        Indexed wanted = path.getLeafProperty().getRequiredAnnotation(Indexed.class);
                        String field = entity.field(path.toDotPath()).path().toString();
                        Index index = wanted.ordered() ? Index.ordered(field) : Index.hash(field);
                        builder.index(entity.collection(), wanted.unique() ? index.unique() : index);
                    });
        }
    }
}
