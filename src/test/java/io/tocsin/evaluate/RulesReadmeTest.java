package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.model.Escalation;
import io.tocsin.model.Finding;
import io.tocsin.model.Reading;
import io.tocsin.model.Route;
import io.tocsin.model.Rules;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The reference for rule authors says what the code does: every fact, every field with its type, every helper. */
class RulesReadmeTest {
    private static final Path README = Path.of("rules/README.md");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern CALL = Pattern.compile("(?m)(?<=^\\| |` )`(\\w+)\\(([^)]*)\\)`(?=.*\\|)");
    private static final Pattern LINK = Pattern.compile("]\\(([^)]+)\\)");
    private static final Map<String, String> SECTIONS = new LinkedHashMap<>();
    private static String readme;

    @BeforeAll
    static void read() throws Exception {
        readme = Files.readString(README);
        Matcher heading = HEADING.matcher(readme.replaceAll("(?s)```.*?```", ""));
        String text = readme.replaceAll("(?s)```.*?```", "");
        String name = null;
        int from = 0;
        while (heading.find()) {
            SECTIONS.put(String.valueOf(name), text.substring(from, heading.start()));
            name = heading.group(1);
            from = heading.end();
        }
        SECTIONS.put(name, text.substring(from));
    }

    /** The rows of a section's tables: field and type. */
    private static Map<String, String> rows(String section) {
        assertThat(SECTIONS).as("sections").containsKey(section);
        Map<String, String> rows = new TreeMap<>();
        Matcher row = ROW.matcher(SECTIONS.get(section));
        while (row.find()) {
            assertThat(rows.put(row.group(1), row.group(2).strip()))
                    .as("%s stands twice under %s", row.group(1), section)
                    .isNull();
        }
        return rows;
    }

    /** What the tables should say of a type, {@code or null} left out, as only a person knows where it may be. */
    private static Map<String, String> fields(Class<?> type, Set<String> without) throws Exception {
        Map<String, String> fields = new TreeMap<>();
        for (String name : Facts.fields(type)) {
            if (!without.contains(name)) {
                fields.put(name, said(type.getMethod(name).getGenericReturnType()));
            }
        }
        return fields;
    }

    private static String said(Type type) {
        if (type instanceof ParameterizedType many) {
            boolean map = many.getRawType() == Map.class;
            return !map ? "texts" : many.getActualTypeArguments()[1] == String.class ? "texts by name" : "free form";
        }
        if (type == String.class) {
            return "text";
        }
        if (type == boolean.class) {
            return "yes or no";
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "whole number";
        }
        if (type == double.class || type == Double.class) {
            return "number";
        }
        return type == Instant.class
                ? "instant"
                : type == Duration.class ? "duration" : "`" + ((Class<?>) type).getSimpleName() + "`";
    }

    private static Map<String, String> withoutNull(Map<String, String> rows) {
        rows.replaceAll((field, type) -> type.replace(" or null", ""));
        return rows;
    }

    @Test
    void everyFactHasItsSectionWithEveryFieldAndItsType() throws Exception {
        Set<String> common = Facts.fields(Reading.class);
        assertThat(withoutNull(rows("Every reading"))).isEqualTo(fields(Reading.class, Set.of()));
        for (String name : Facts.names()) {
            Class<?> type = Facts.type(name);
            boolean reading = Reading.class.isAssignableFrom(type);
            assertThat(withoutNull(rows(name))).as(name).isEqualTo(fields(type, reading ? common : Set.of()));
        }
    }

    @Test
    void figuresThatMayBeMissingAreSaidToBe() throws Exception {
        for (String name : Facts.names()) {
            Class<?> type = Facts.type(name);
            for (Map.Entry<String, String> row : rows(name).entrySet()) {
                Class<?> is = type.getMethod(row.getKey()).getReturnType();
                boolean figure = Number.class.isAssignableFrom(is) || is.isPrimitive();
                if (figure) {
                    assertThat(row.getValue().endsWith(" or null"))
                            .as("%s.%s", name, row.getKey())
                            .isEqualTo(!is.isPrimitive());
                }
            }
        }
    }

    @Test
    void everyConstantOfAnEnumerationIsNamed() throws Exception {
        for (String name : Facts.names()) {
            for (Method field : Facts.type(name).getMethods()) {
                if (field.getReturnType().isEnum()
                        && field.getReturnType().getName().startsWith("io.tocsin")) {
                    Object[] constants = field.getReturnType().getEnumConstants();
                    assertThat(readme)
                            .contains(Stream.of(constants)
                                    .filter(constant -> !"RESOLVED".equals(constant.toString()))
                                    .map(constant -> "`" + constant + "`")
                                    .toList());
                }
            }
        }
    }

    /** The calls that the tables of a section show, as {@code name(parameters)}. */
    private static Set<String> calls(String section) {
        Set<String> calls = new TreeSet<>();
        SECTIONS.get(section).lines().filter(line -> line.startsWith("|")).forEach(line -> {
            Matcher call = CALL.matcher(line.substring(0, line.indexOf('|', 1) + 1));
            while (call.find()) {
                calls.add(call.group(1) + "(" + call.group(2) + ")");
            }
        });
        return calls;
    }

    private static String call(Method method) {
        return method.getName() + "("
                + Stream.of(method.getParameters())
                        .map(parameter -> parameter.getName() + (parameter.isVarArgs() ? ", …" : ""))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static Set<String> calls(Class<?> type, java.util.function.Predicate<Method> which) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && which.test(method))
                .peek(method -> assertThat(method.getParameters())
                        .as("compiled with names of parameters")
                        .allMatch(Parameter::isNamePresent))
                .map(RulesReadmeTest::call)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyHelperIsThereAsItIsCalled() {
        assertThat(calls("Helpers")).isEqualTo(calls(Rules.class, method -> true));
    }

    @Test
    void everyWordOfAFindingIsThereAsItIsCalled() {
        assertThat(calls("Finding"))
                .isEqualTo(calls(
                        Finding.class, method -> method.getReturnType() == Finding.class && !method.isSynthetic()));
    }

    @Test
    void ordersAndRoutesAreThereWithEveryAttribute() {
        for (Class<?> type : List.of(Escalation.class, Route.class)) {
            Map<String, String> attributes = new TreeMap<>();
            for (RecordComponent component : type.getRecordComponents()) {
                attributes.put(component.getName(), said(component.getGenericType()));
            }
            assertThat(rows(type.getSimpleName())).as(type.getSimpleName()).isEqualTo(attributes);
        }
    }

    @Test
    void everyLinkLeadsSomewhere() {
        Set<String> anchors = SECTIONS.keySet().stream()
                .map(name -> "#"
                        + name.toLowerCase(java.util.Locale.ROOT)
                                .replaceAll("[^a-z0-9 -]", "")
                                .replace(' ', '-'))
                .collect(Collectors.toSet());
        Matcher link = LINK.matcher(readme);
        int links = 0;
        while (link.find()) {
            String target = link.group(1);
            if (target.startsWith("#")) {
                assertThat(anchors).contains(target);
            } else {
                assertThat(README.resolveSibling(target)).exists();
            }
            links++;
        }
        assertThat(links).isGreaterThan(40);
    }
}
