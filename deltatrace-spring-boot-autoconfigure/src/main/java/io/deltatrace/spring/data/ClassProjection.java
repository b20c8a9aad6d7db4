package io.deltatrace.spring.data;

import io.deltatrace.document.ForeignFailure;
import org.springframework.core.convert.converter.Converter;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.convert.DtoInstantiatingConverter;
import org.springframework.data.mapping.model.EntityInstantiators;
import org.springframework.data.mapping.model.MappingInstantiationException;

/** Makes the projections of entities that are classes as Spring Data does. */
final class ClassProjection implements Converter<Object, Object> {

    private final Class<?> type;
    private final DtoInstantiatingConverter converter;

    ClassProjection(Class<?> type, Mappings mappings) {
        this.type = type;
        this.converter = new DtoInstantiatingConverter(type, mappings, new EntityInstantiators());
    }

    @Override
    public Object convert(Object entity) {
        try {
            return converter.convert(entity);
        } catch (MappingInstantiationException e) {
            throw refused(type, e);
        }
    }

    /** Says that a constructor threw, without its arguments, which Spring Data quotes. */
    static InvalidDataAccessApiUsageException refused(Class<?> type, MappingInstantiationException cause) {
        return new InvalidDataAccessApiUsageException(
                "The constructor of " + type.getName() + " refuses what is stored", ForeignFailure.of(cause));
    }
}
