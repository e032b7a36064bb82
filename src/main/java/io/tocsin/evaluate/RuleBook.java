package io.tocsin.evaluate;

import io.tocsin.evaluate.why.Element;
import io.tocsin.evaluate.why.WhyNot;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.RuleRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kie.api.KieBase;
import org.kie.api.KieBaseConfiguration;
import org.kie.api.KieServices;
import org.kie.api.conf.EventProcessingOption;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.runtime.rule.Match;

/** A set of rules, loaded from a folder, checked and compiled; sessions of many monitored clusters share one. */
public final class RuleBook implements AutoCloseable {
    private static final Pattern ROUTE = Pattern.compile("new\\s+Route\\([^,]+,\\s*\"([^\"]+)\"\\s*\\)");

    private final RuleCompiler.Result compiled;
    private final String hash;
    private final Map<String, RuleInfo> rules;
    private final Set<String> trends;
    private final boolean everyTrend;
    private final Map<Class<?>, Boolean> wanted = new ConcurrentHashMap<>();
    private final List<LimitGroup> limits;
    private final Map<String, String> drl;
    private final Map<Set<String>, KieBase> bases = new ConcurrentHashMap<>();
    private final RowWhyNots rowWhyNots = new RowWhyNots();
    private Map<String, WhyNot> whyNots;
    private RuleClasses classes;

    private RuleBook(RuleCompiler.Result compiled, String hash, RuleFiles files) {
        this.compiled = compiled;
        this.hash = hash;
        this.rules = Map.copyOf(files.rules());
        this.trends = Set.copyOf(files.trends());
        this.everyTrend = trends.contains("*");
        this.limits = files.limits();
        this.drl = Map.copyOf(files.drl());
    }

    /**
     * Loads every rule file below a folder: {@code .drl}, and {@code .csv} for tables of limits.
     *
     * @throws RuleProblems with all that is wrong in any file
     */
    public static RuleBook load(Path folder) throws RuleProblems {
        RuleFolder read = RuleFolder.read(folder);
        return of(read.texts(), new RuleFiles(read.texts()), read.problems());
    }

    /**
     * Compiles rule texts.
     *
     * @param texts DRL and tables of limits by file name, such as {@code threshold/memory.drl}
     * @throws RuleProblems with all that is wrong in any of them
     */
    public static RuleBook of(Map<String, String> texts) throws RuleProblems {
        Map<String, String> sorted = new TreeMap<>(texts);
        return of(sorted, new RuleFiles(sorted), List.of());
    }

    static RuleBook of(Map<String, String> texts, RuleFiles files, List<Problem> before) throws RuleProblems {
        List<Problem> problems = new ArrayList<>(before);
        problems.addAll(files.faults());
        Map<String, String> sound = files.sound();
        RuleCompiler.Result compiled = sound.isEmpty() ? null : RuleCompiler.compile(sound);
        if (compiled != null && compiled.container() == null) {
            problems.addAll(CompileErrors.locate(sound, files.compiled(), compiled.errors()));
        }
        if (compiled == null && problems.isEmpty()) {
            problems.add(Problem.error(".", 1, 1, "there is no rule in any file", "write one, or a row of a table"));
        }
        if (!problems.isEmpty()) {
            if (compiled != null) {
                RuleCompiler.discard(compiled);
            }
            throw new RuleProblems(problems.stream().sorted().distinct().toList());
        }
        return new RuleBook(compiled, hash(texts), files);
    }

    private static String hash(Map<String, String> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            texts.forEach((name, text) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** 12 hex digits that differ when any file differs. */
    public String hash() {
        return hash;
    }

    /** Makes ready what the first session needs, so that it opens at once. */
    public void prepare() {
        session(Set.of()).dispose();
    }

    /** All rules, by file and line. */
    public List<RuleInfo> rules() {
        return rules.values().stream()
                .sorted(java.util.Comparator.comparing(
                                (RuleInfo rule) -> rule.ref().file())
                        .thenComparing(rule -> rule.ref().line()))
                .toList();
    }

    /** The receivers that routing rules name, as far as their text shows, sorted. */
    public Set<String> routedTo() {
        Set<String> receivers = new TreeSet<>();
        for (RuleInfo rule : rules.values()) {
            Matcher route = ROUTE.matcher(rule.text());
            while (route.find()) {
                receivers.add(route.group(1));
            }
        }
        return receivers;
    }

    /** The names of all rules that the engine knows but some, by file and line; rows of tables share two of them. */
    List<String> namesWithout(Set<String> some) {
        return Stream.concat(
                        rules().stream().map(rule -> rule.ref().name()).filter(name -> !drl.containsKey(name)),
                        limits.isEmpty() ? Stream.empty() : Stream.of(LimitDrl.CROSSED, LimitDrl.LINGERS))
                .filter(name -> !some.contains(name))
                .toList();
    }

    /** Where a rule stands; a place of its own for a name that is not known. */
    public RuleRef ref(String rule) {
        RuleInfo info = rules.get(rule);
        return info == null ? new RuleRef(rule, "-", 0) : info.ref();
    }

    /** The rule that a match is of: where it is one of a table, the row that counts for its reading. */
    RuleRef ref(Match match) {
        return limits.isEmpty()
                ? ref(match.getRule().getName())
                : LimitGroup.rule(match).orElseGet(() -> ref(match.getRule().getName()));
    }

    /** A rule in the language of rules: as it is written, or what a row of a table stands for; null if there is none. */
    public String drl(String rule) {
        RuleInfo info = rules.get(rule);
        return info == null ? null : drl.getOrDefault(rule, info.text());
    }

    /** Whether some rule asks how a metric moves. */
    boolean wantsTrend(String metric) {
        return metric != null && (everyTrend || trends.contains(metric));
    }

    /** Whether some rule matches facts of a type. */
    boolean wants(Class<?> fact) {
        return wanted.computeIfAbsent(
                fact,
                type -> rules.values().stream()
                        .anyMatch(rule -> rule.text().matches("(?s).*\\b" + type.getSimpleName() + "\\s*\\(.*")));
    }

    boolean wantsTrends() {
        return !trends.isEmpty();
    }

    /** A new session on the pseudo clock without the rules that are excluded. */
    KieSession session(Set<String> excluded) {
        return session(bases.computeIfAbsent(Set.copyOf(excluded), this::without));
    }

    /** A session with only these rules, for one trial. */
    KieSession trial(Set<String> only) {
        return session(without(new TreeSet<>(namesWithout(only))));
    }

    private KieSession session(KieBase base) {
        KieSessionConfiguration settings = KieServices.get().newKieSessionConfiguration();
        settings.setOption(ClockTypeOption.PSEUDO);
        KieSession session = base.newKieSession(settings, null);
        limits.forEach(session::insert);
        return session;
    }

    private KieBase without(Set<String> names) {
        synchronized (compiled) {
            KieBaseConfiguration settings = KieServices.get().newKieBaseConfiguration();
            settings.setOption(EventProcessingOption.STREAM);
            KieBase base = compiled.container().newKieBase(settings);
            names.forEach(name -> base.removeRule("rules", name));
            return base;
        }
    }

    /**
     * The rules whose code a stack is in at present, more than one if they say the same there; empty if it is in none. The
     * first call takes a moment. Any thread may ask.
     */
    public Set<String> rulesOn(StackTraceElement[] stack) {
        synchronized (compiled) {
            if (classes == null) {
                classes = new RuleClasses(RuleCompiler.rules(compiled));
            }
        }
        return classes.on(stack);
    }

    /** A rule by its name; null if there is none. */
    public RuleInfo rule(String name) {
        return rules.get(name);
    }

    /** What explains a rule of this name; null if there is none. The first call takes a moment, for a row each. Blocks. */
    public WhyNot whyNot(String name) {
        if (drl.containsKey(name)) {
            return rowWhyNots.of(rules.get(name), drl.get(name));
        }
        synchronized (compiled) {
            if (whyNots == null) {
                whyNots = new TreeMap<>();
                RuleCompiler.rules(compiled).forEach((rule, model) -> {
                    if (rules.containsKey(rule)) {
                        RuleInfo info = rules.get(rule);
                        whyNots.put(
                                rule,
                                new WhyNot(model, Elements.of(info), info.ref().line()));
                    }
                });
            }
            return whyNots.get(name);
        }
    }

    /** The same for a rule that stands for a line of another file. */
    WhyNot whyNotAt(String name, int line) {
        List<Element> elements = Elements.of(rules.get(name)).stream()
                .map(element -> new Element(element.text(), line))
                .toList();
        return new WhyNot(RuleCompiler.rules(compiled).get(name), elements, line);
    }

    /** Frees the compiled classes; sessions of this book must be closed before. */
    @Override
    public void close() {
        bases.clear();
        RuleCompiler.discard(compiled);
    }
}
