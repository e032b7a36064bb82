package io.tocsin.evaluate;

import io.tocsin.model.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One message of the compiler about one rule: in words of the rule, at its place in the rule. */
final class CompileError {
    private static final Pattern QUOTED = Pattern.compile(
            "[\"'`]([^\"'`\\n]{2,60})[\"'`]|(?:symbol|class|method|field|part of expression)[: ]+([\\w.$]{2,60})|([\\w$]+)(?:\\([^)]*\\))? (?:cannot be resolved|is undefined)");
    private static final Pattern UNBOUND = Pattern.compile("Unable to Analyse Expression.*?(\\$\\w+)");
    private static final Pattern PARSE =
            Pattern.compile("\\(line (\\d+),col (\\d+)\\) Parse error\\. Found +(\"(?:\\\\.|[^\"])*\")");
    private static final Pattern NO_VARIABLE = Pattern.compile("(\\w+) cannot be resolved");
    private static final Pattern NO_METHOD =
            Pattern.compile("The method (\\w+)\\([^)]*\\) is undefined for the type (\\w+)");
    private static final Pattern MISSING = Pattern.compile("Method (\\w+) on class [\\w.]*?(\\w+) with arguments");
    private static final Pattern ARGUMENTS = Pattern.compile(
            "The (?:method|constructor) (\\w+\\([^)]*\\))(?: in the type \\w+)? is (?:not applicable for the arguments \\(([^)]*)\\)|undefined)");
    private static final Pattern HIDDEN = Pattern.compile("The field (\\w+)\\.(\\w+) is not visible");
    private static final Pattern MADE = Pattern.compile("The constructor (\\w+)\\(");
    private static final Pattern FUNCTION = Pattern.compile("Unknown accumulate function: '(\\w+)'");
    private static final Pattern TOKEN = Pattern.compile("[\\w$]+|\"(?:\\\\.|[^\"\\\\])*\"|\\S");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final RuleInfo rule;
    private final RuleCompiler.Error error;
    private final DrlText drl;

    CompileError(RuleInfo rule, RuleCompiler.Error error) {
        this.rule = rule;
        this.error = error;
        this.drl = new DrlText(rule.ref().file(), rule.text());
    }

    Problem problem() {
        String message = error.text();
        Matcher unbound = UNBOUND.matcher(message);
        if (unbound.find()) {
            String name = unbound.group(1);
            return at(named(name), name + " is not bound", "bind it before: " + name + " : field");
        }
        Matcher parse = PARSE.matcher(message);
        if (parse.find()) {
            return inThen(Integer.parseInt(parse.group(1)), Integer.parseInt(parse.group(2)), parse.group(3));
        }
        Matcher function = FUNCTION.matcher(message);
        if (function.find()) {
            TreeSet<String> known = new TreeSet<>(
                    List.of("average", "collectList", "collectSet", "count", "max", "min", "sum", "standardDeviation"));
            return at(
                    named(function.group(1)),
                    "accumulate has no \"" + function.group(1) + "\"",
                    Facts.near(function.group(1), known));
        }
        Matcher method = NO_METHOD.matcher(message);
        if (method.find()) {
            return noMethod(method.group(1), method.group(2));
        }
        Matcher missing = MISSING.matcher(message);
        if (missing.find()) {
            return noMethod(missing.group(1), missing.group(2));
        }
        Matcher variable = NO_VARIABLE.matcher(message);
        if (variable.find()) {
            return noVariable(variable.group(1));
        }
        int place = place();
        Matcher hidden = HIDDEN.matcher(message);
        if (hidden.find()) {
            return at(
                    place < 0 ? named(hidden.group(2)) : place,
                    hidden.group(1) + "." + hidden.group(2) + " is read by a call here",
                    "write " + hidden.group(2) + "()");
        }
        return at(place < 0 ? quoted(message) : place, words(message), signature(message));
    }

    /** What a conclusion is made of, where that is what was not met. */
    private String signature(String message) {
        Matcher made = MADE.matcher(message);
        return made.find()
                ? Names.components(made.group(1))
                        .map(all -> "it is made of " + all)
                        .orElse(hint())
                : hint();
    }

    private String words(String message) {
        Matcher arguments = ARGUMENTS.matcher(message);
        if (!arguments.find()) {
            return clean(message);
        }
        return arguments.group(2) == null
                ? "there is no " + arguments.group(1)
                : "the arguments do not fit: " + arguments.group(1) + " is called with "
                        + (arguments.group(2).isEmpty() ? "none" : arguments.group(2));
    }

    private Problem noVariable(String name) {
        int place = place();
        int here = place < 0 ? named(name) : place;
        if (here > 0 && drl.text().charAt(here - 1) == '"' || drl.text().startsWith("\"" + name + "\"", here)) {
            return at(here, "the field is no text, but it is compared with \"" + name + "\"", hint());
        }
        return at(here, "there is no \"" + name + "\"", "bind it in the left side, or put a text into quotes");
    }

    private Problem noMethod(String name, String type) {
        boolean helper = type.startsWith("Lambda") || type.startsWith("Rules");
        TreeSet<String> known = helper ? Names.helpers() : Names.methods(type);
        String what = helper ? "there is no helper \"" + name + "\"" : type + " has no \"" + name + "\"";
        int place = place();
        return at(place < 0 ? named(name) : place, what, known.isEmpty() ? hint() : Facts.near(name, known));
    }

    /**
     * A place in the right side, whose first line the parser calls 2 and reads without the space before it. What it found
     * stands behind the place that it names.
     */
    private Problem inThen(int line, int column, String quoted) {
        int begin = Math.max(0, drl.find("then", 0, rule.text().length())) + "then".length();
        while (begin < rule.text().length()
                && Character.isWhitespace(rule.text().charAt(begin))) {
            begin++;
        }
        int before = line <= 2 ? begin + column - 1 : drl.offset(drl.line(begin) + line - 2, column);
        String found = quoted.substring(1, quoted.length() - 1);
        int at = rule.text().indexOf(found, Math.min(before + 1, rule.text().length()));
        int here = at < 0 ? before : at;
        boolean duration = found.matches("ms|s|m|h|d")
                && here > 0
                && Character.isDigit(rule.text().charAt(here - 1));
        return at(here, "unexpected " + quoted, duration ? "put a duration into quotes" : hint());
    }

    /**
     * Where the compiler's place in the Java it made stands in the rule: the same word of the right side, counted from its
     * beginning; -1 if it is not about a right side.
     */
    private int place() {
        int body = error.source().indexOf("insertLogical");
        if (body < 0 || error.at() < body || error.source().contains(".build(")) {
            return -1;
        }
        List<Integer> made = tokens(error.source(), body);
        int number = 0;
        while (number + 1 < made.size() && made.get(number + 1) <= error.at()) {
            number++;
        }
        int then = drl.find("then", 0, rule.text().length());
        int begin = drl.find("insertLogical", Math.max(0, then), rule.text().length());
        List<Integer> written = begin < 0 ? List.of() : tokens(drl.uncommented(), begin);
        return number < written.size() ? written.get(number) : -1;
    }

    private static List<Integer> tokens(String text, int from) {
        List<Integer> starts = new ArrayList<>();
        Matcher token = TOKEN.matcher(text).region(from, text.length());
        while (token.find()) {
            starts.add(token.start());
        }
        return starts;
    }

    private int quoted(String message) {
        Matcher quoted = QUOTED.matcher(message);
        while (quoted.find()) {
            for (int group = 1; group <= 3; group++) {
                int found = quoted.group(group) == null ? -1 : named(quoted.group(group));
                if (found >= 0) {
                    return found;
                }
            }
        }
        return -1;
    }

    /** Where a word first stands below the rule's first line; -1 if nowhere. */
    private int named(String word) {
        int end = drl.text().indexOf('\n');
        Matcher place =
                Pattern.compile("(?<![\\w$])" + Pattern.quote(word) + "(?!\\w)").matcher(drl.text());
        return place.find(Math.max(0, end)) ? place.start() : -1;
    }

    private Problem at(int offset, String what, String hint) {
        Problem here = drl.problem(Math.max(0, offset), what, hint);
        return Problem.error(here.file(), rule.ref().line() + here.line() - 1, here.column(), what, hint);
    }

    /** The first line of a message without what only means something to the compiler. */
    static String clean(String message) {
        String line = RuleFile.oneLine(message)
                .replaceAll("Rule Compilation error ?:? ?", "")
                .replaceAll("\\bDialect\\b.*", "")
                .replaceAll("_this\\.", "")
                .replaceAll(" for the type Lambda\\w+", "")
                .replaceAll("\\b(?:class |interface )?(?:[a-z]\\w*\\.)+([A-Z])", "$1")
                .replaceAll("\\b[A-Z]\\w*[0-9A-F]{32}\\b", "the rule");
        return SPACE.matcher(line).replaceAll(" ").strip();
    }

    private String hint() {
        return "in rule \"" + rule.ref().name() + "\"";
    }
}
