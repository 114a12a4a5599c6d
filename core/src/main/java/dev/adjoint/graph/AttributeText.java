package dev.adjoint.graph;

import dev.adjoint.op.Body;
import dev.adjoint.op.Op;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The attributes of an operator as text and back, from its record components.
final class AttributeText {
    private AttributeText() {}

    /// `sum[axes=[1]]`, or the name alone if there are no attributes.
    static String print(Op op) {
        String attributes = Arrays.stream(op.getClass().getRecordComponents())
                .map(c -> c.getName() + "=" + value(read((Record) op, c)))
                .collect(Collectors.joining(", "));
        return attributes.isEmpty() ? op.name() : op.name() + "[" + attributes + "]";
    }

    private static String value(Object value) {
        return switch (value) {
            case Graph graph -> graph.toString().replace("\n", "\n  ");
            case Axes axes -> list(axes.list()) + (axes.after() == Axes.After.KEPT ? "kept" : "");
            case List<?> items -> list(items);
            case Elements elements ->
                elements.dtype() + "{" + elements.toString().replaceAll("[\\[\\]]", "") + "}";
            case DType dtype -> dtype.toString();
            case TensorType type -> type.toString();
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
            case Record record -> record(record);
            default -> value.toString();
        };
    }

    private static String list(List<?> items) {
        return items.stream().map(AttributeText::value).collect(Collectors.joining(",", "[", "]"));
    }

    private static String record(Record record) {
        List<String> parts = Arrays.stream(record.getClass().getRecordComponents())
                .map(c -> value(read(record, c)))
                .toList();
        return parts.size() == 1 ? parts.getFirst() : "(" + String.join(" ", parts) + ")";
    }

    private static Object read(Record record, RecordComponent component) {
        try {
            component.getAccessor().trySetAccessible();
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AdjointException(
                    "cannot read " + component.getName() + " of "
                            + record.getClass().getName(),
                    e);
        }
    }

    /// The operator of a class with the attributes that follow.
    static Op parse(Class<? extends Op> op, Scanner scanner, Supplier<Graph> nested) {
        RecordComponent[] components = op.getRecordComponents();
        Map<String, Object> given = new HashMap<>();
        if (components.length > 0) {
            scanner.expect("[");
            do {
                String name = scanner.word();
                Type type = component(op, name, scanner).getGenericType();
                if (given.containsKey(name)) {
                    throw scanner.wordError("attribute '" + name + "' is given twice");
                }
                scanner.expect("=");
                given.put(name, attribute(type, scanner, nested));
            } while (scanner.accept(","));
            scanner.expect("]");
        }
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : components) {
            if (!given.containsKey(component.getName())) {
                throw scanner.error("attribute '" + component.getName() + "' is missing");
            }
            values.add(given.get(component.getName()));
        }
        return op.cast(construct(op, values, scanner));
    }

    private static RecordComponent component(Class<?> op, String name, Scanner scanner) {
        return Arrays.stream(op.getRecordComponents())
                .filter(c -> c.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> scanner.wordError("there is no attribute '" + name + "'"));
    }

    private static Object attribute(Type type, Scanner scanner, Supplier<Graph> nested) {
        return type == Body.class ? nested.get() : value(type, scanner);
    }

    private static Object value(Type type, Scanner scanner) {
        if (type instanceof ParameterizedType list) {
            return items(list.getActualTypeArguments()[0], scanner);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Shape.class) {
            return shape(scanner);
        } else if (plain == Axes.class) {
            Axes axes = Axes.of(items(Integer.class, scanner).stream()
                    .mapToInt(i -> (Integer) i)
                    .toArray());
            return scanner.accept("kept") ? axes.kept() : axes;
        } else if (plain == TensorType.class) {
            return type(scanner);
        } else if (plain == Elements.class) {
            return elements(scanner);
        } else if (plain.isRecord()) {
            return record(plain, scanner);
        }
        return word(plain, scanner);
    }

    private static List<Object> items(Type item, Scanner scanner) {
        List<Object> items = new ArrayList<>();
        scanner.expect("[");
        while (!scanner.accept("]")) {
            items.add(value(item, scanner));
            scanner.accept(",");
        }
        return items;
    }

    private static Shape shape(Scanner scanner) {
        return Shape.of(
                items(Long.class, scanner).stream().mapToLong(i -> (Long) i).toArray());
    }

    static TensorType type(Scanner scanner) {
        DType dtype = (DType) word(DType.class, scanner);
        return new TensorType(dtype, shape(scanner));
    }

    private static Elements elements(Scanner scanner) {
        DType dtype = (DType) word(DType.class, scanner);
        List<String> words = new ArrayList<>();
        scanner.expect("{");
        while (!scanner.accept("}")) {
            words.add(scanner.word());
            scanner.accept(",");
        }
        Elements elements = Elements.allocate(dtype, words.size());
        for (int i = 0; i < words.size(); i++) {
            set(elements, i, words.get(i), scanner);
        }
        return elements;
    }

    private static void set(Elements elements, int index, String word, Scanner scanner) {
        try {
            switch (elements.dtype()) {
                case F32 -> elements.floats()[index] = Float.parseFloat(word);
                case BF16, F16, F64 -> elements.set(index, Double.parseDouble(word));
                case I8, U8, I32, I64 -> elements.setLong(index, Long.parseLong(word));
                case BOOL -> elements.set(index, truth(word, scanner) ? 1 : 0);
            }
        } catch (NumberFormatException e) {
            throw scanner.wordError("'" + word + "' is not a number of type " + elements.dtype());
        }
    }

    private static Object record(Class<?> type, Scanner scanner) {
        RecordComponent[] components = type.getRecordComponents();
        List<Object> values = new ArrayList<>();
        if (components.length > 1) {
            scanner.expect("(");
        }
        for (RecordComponent component : components) {
            values.add(value(component.getGenericType(), scanner));
        }
        if (components.length > 1) {
            scanner.expect(")");
        }
        return construct(type, values, scanner);
    }

    private static Object word(Class<?> type, Scanner scanner) {
        String word = scanner.word();
        try {
            if (type == long.class || type == Long.class) {
                return Long.parseLong(word);
            } else if (type == int.class || type == Integer.class) {
                return Integer.parseInt(word);
            } else if (type == double.class || type == Double.class) {
                return Double.parseDouble(word);
            } else if (type == float.class || type == Float.class) {
                return Float.parseFloat(word);
            } else if (type == boolean.class || type == Boolean.class) {
                return truth(word, scanner);
            } else if (type == String.class) {
                return word;
            }
            return constant(type, word, scanner);
        } catch (NumberFormatException e) {
            throw scanner.wordError("'" + word + "' is not a number");
        }
    }

    private static boolean truth(String word, Scanner scanner) {
        if (!word.equals("true") && !word.equals("false")) {
            throw scanner.wordError("'" + word + "' is neither true nor false");
        }
        return word.equals("true");
    }

    private static Object constant(Class<?> type, String word, Scanner scanner) {
        if (!type.isEnum()) {
            throw scanner.wordError("an attribute of type " + type.getName() + " has no textual form");
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(c -> ((Enum<?>) c).name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() ->
                        scanner.wordError("'" + word + "' is not one of " + Arrays.toString(type.getEnumConstants())));
    }

    private static Object construct(Class<?> type, List<Object> values, Scanner scanner) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.trySetAccessible();
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw scanner.error(String.valueOf(reason.getMessage()));
        }
    }
}
