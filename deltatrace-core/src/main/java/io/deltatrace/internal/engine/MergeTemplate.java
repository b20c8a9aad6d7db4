package io.deltatrace.internal.engine;

import io.deltatrace.document.Document;
import io.deltatrace.document.DocumentBuilder;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.FieldReader;
import io.deltatrace.document.Values;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The template of a merge, compiled once: every string in it is an expression over the base document and the related ones.
 * What is wrong with an expression is said before the first row is made.
 */
final class MergeTemplate {

    private final Expression root;

    private MergeTemplate(Expression root) {
        this.root = root;
    }

    static MergeTemplate compile(Document template, int sources) {
        return new MergeTemplate(new Compiler(sources).value(template, ""));
    }

    Document row(Document base, List<Document> related) {
        return (Document) Objects.requireNonNull(root.evaluate(base, related));
    }

    /** A part of a row. */
    @FunctionalInterface
    private interface Expression {

        @Nullable
        Object evaluate(Document base, List<Document> related);
    }

    private static final class Compiler {

        private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
        private static final Pattern FLOATING =
                Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

        private final int sources;

        Compiler(int sources) {
            this.sources = sources;
        }

        /**
         * Compiles a part of the template.
         *
         * @param path to it, for messages: what is in the template may be a value
         */
        Expression value(@Nullable Object template, String path) {
            if (template instanceof Document object) {
                return object(object, path);
            }
            if (template instanceof List<?> list) {
                return array(list, path);
            }
            return template instanceof String text ? expression(text, path, 1) : (base, related) -> template;
        }

        private Expression object(Document object, String path) {
            List<String> names = object.names();
            String prefix = path.isEmpty() ? "" : path + ".";
            List<Expression> values = names.stream()
                    .map(name -> value(object.get(name), prefix + name))
                    .toList();
            return (base, related) -> {
                DocumentBuilder row = Document.builder();
                for (int i = 0; i < values.size(); i++) {
                    row.put(names.get(i), values.get(i).evaluate(base, related));
                }
                return row.build();
            };
        }

        private Expression array(List<?> list, String path) {
            List<Expression> elements = new ArrayList<>(list.size());
            for (Object element : list) {
                elements.add(value(element, path + "[" + elements.size() + "]"));
            }
            return (base, related) -> {
                List<@Nullable Object> values = new ArrayList<>(elements.size());
                elements.forEach(element -> values.add(element.evaluate(base, related)));
                return values;
            };
        }

        private Expression expression(String text, String path, int depth) {
            String expression = text.strip();
            if (expression.equals("null") || expression.equals("none")) {
                return (base, related) -> null;
            }
            for (Literal literal : Literal.values()) {
                String argument = between(expression, literal.prefix, ")");
                if (argument != null) {
                    Object value = literal(literal, argument, path);
                    return (base, related) -> value;
                }
            }
            String element = between(expression, "[", "]");
            if (element != null) {
                if (depth > Document.MAX_DEPTH) {
                    throw wrong(path, "arrays are nested deeper than " + Document.MAX_DEPTH);
                }
                Expression inner = expression(element, path, depth + 1);
                return (base, related) -> Arrays.asList(inner.evaluate(base, related));
            }
            String popped = between(expression, "popped.", "]");
            return popped == null ? reference(expression, path) : popped(popped, path);
        }

        private static @Nullable String between(String text, String prefix, String suffix) {
            return text.startsWith(prefix)
                            && text.endsWith(suffix)
                            && text.length() >= prefix.length() + suffix.length()
                    ? text.substring(prefix.length(), text.length() - suffix.length())
                    : null;
        }

        private static Object literal(Literal literal, String argument, String path) {
            return switch (literal) {
                case INT -> integer(argument.strip(), path);
                case FLOAT -> floating(argument.strip(), path);
                case STR -> argument;
                case BOOL -> bool(argument, path);
            };
        }

        private static BigInteger integer(String digits, String path) {
            if (digits.length() > Values.MAX_DIGITS || !INTEGER.matcher(digits).matches()) {
                throw wrong(path, "int() needs an integer of at most " + Values.MAX_DIGITS + " digits");
            }
            return new BigInteger(digits);
        }

        private static double floating(String digits, String path) {
            if (!FLOATING.matcher(digits).matches()) {
                throw wrong(path, "float() needs a number");
            }
            return Double.parseDouble(digits);
        }

        private static boolean bool(String argument, String path) {
            if (!argument.equals("true") && !argument.equals("false")) {
                throw wrong(path, "bool() needs true or false");
            }
            return argument.equals("true");
        }

        private Expression reference(String expression, String path) {
            int dot = expression.indexOf('.');
            if (dot < 0) {
                Source source = source(expression, path);
                return source::of;
            }
            if (expression.endsWith(".")) {
                throw wrong(path, "nothing follows the last dot");
            }
            Source source = source(expression.substring(0, dot), path);
            FieldReader reader = FieldPath.of(expression.substring(dot + 1)).reader();
            return (base, related) -> reader.read(source.of(base, related));
        }

        private Expression popped(String body, String path) {
            int bracket = body.indexOf('[');
            if (bracket < 0) {
                throw wrong(path, "a bracket is missing");
            }
            Source source = source(body.substring(0, bracket), path);
            List<FieldPath> paths = Arrays.stream(body.substring(bracket + 1).split(",", -1))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .map(FieldPath::of)
                    .toList();
            return (base, related) -> {
                Document rest = source.of(base, related);
                for (FieldPath field : paths) {
                    rest = without(rest, field.segments());
                }
                return rest;
            };
        }

        private static Document without(Document document, List<String> path) {
            String name = path.get(0);
            if (path.size() == 1) {
                return document.without(name);
            }
            return document.get(name) instanceof Document inner
                    ? document.with(name, without(inner, path.subList(1, path.size())))
                    : document;
        }

        private Source source(String name, String path) {
            if (name.equals("base")) {
                return (base, related) -> base;
            }
            int number;
            try {
                number = Integer.parseInt(name.strip());
            } catch (NumberFormatException e) {
                throw wrong(path, "it begins with neither 'base' nor the number of a source");
            }
            if (number < 0 || number >= sources) {
                throw wrong(path, "there is no source of that number");
            }
            return (base, related) -> related.get(number);
        }

        private static IllegalArgumentException wrong(String path, String why) {
            return new IllegalArgumentException("The template's expression for '" + path + "' is wrong: " + why);
        }
    }

    /** Where an expression starts from. */
    @FunctionalInterface
    private interface Source {

        Document of(Document base, List<Document> related);
    }

    private enum Literal {
        INT("int("),
        FLOAT("float("),
        BOOL("bool("),
        STR("str(");

        private final String prefix;

        Literal(String prefix) {
            this.prefix = prefix;
        }
    }
}
