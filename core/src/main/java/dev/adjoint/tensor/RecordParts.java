package dev.adjoint.tensor;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;

/// How the records of a class are taken apart and built: looked up once for each class, because trees are walked in every
/// step of a training.
@SuppressWarnings("ArrayRecordComponent") // never compared
record RecordParts(Class<?> type, Method[] accessors, Constructor<?> constructor) {
    private static final ClassValue<RecordParts> OF_CLASS = new ClassValue<>() {
        @Override
        protected RecordParts computeValue(Class<?> type) {
            return lookUp(type);
        }
    };

    static RecordParts of(Record node) {
        return OF_CLASS.get(node.getClass());
    }

    private static RecordParts lookUp(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Method[] accessors =
                Stream.of(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.trySetAccessible();
            Arrays.stream(accessors).forEach(Method::trySetAccessible);
            return new RecordParts(type, accessors, constructor);
        } catch (NoSuchMethodException e) {
            throw new AssertionError("a record has a constructor of its components", e);
        }
    }

    int count() {
        return accessors.length;
    }

    String name(int component) {
        return accessors[component].getName();
    }

    Object read(Record node, int component) {
        try {
            return accessors[component].invoke(node);
        } catch (IllegalAccessException e) {
            throw closed(e);
        } catch (InvocationTargetException e) {
            throw new AdjointException("reading " + type.getName() + "." + name(component) + " failed", e);
        }
    }

    Record construct(Object[] values) {
        try {
            return (Record) constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AdjointException("building " + type.getName() + " failed", e);
        } catch (ReflectiveOperationException e) {
            throw closed(e);
        }
    }

    private AdjointException closed(ReflectiveOperationException cause) {
        return new AdjointException(
                "cannot walk into record " + type.getName() + ": make it public in an exported package, or write"
                        + " 'opens " + type.getPackageName() + " to dev.adjoint.core' in its module-info",
                cause);
    }
}
