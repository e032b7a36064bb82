package io.tocsin.evaluate;

import io.tocsin.evaluate.why.WhyNot;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.RuleRef;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
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

/** A set of rules, loaded from a folder, checked and compiled; sessions of many monitored clusters share one. */
public final class RuleBook implements AutoCloseable {
    private static final long LARGEST_FILE = 1 << 20;
    private static final Pattern ROUTE = Pattern.compile("new\\s+Route\\([^,]+,\\s*\"([^\"]+)\"\\s*\\)");

    private final RuleCompiler.Result compiled;
    private final String hash;
    private final Map<String, RuleInfo> rules;
    private final Set<String> trends;
    private final Map<Set<String>, KieBase> bases = new ConcurrentHashMap<>();
    private Map<String, WhyNot> whyNots;

    private RuleBook(RuleCompiler.Result compiled, String hash, Map<String, RuleInfo> rules, Set<String> trends) {
        this.compiled = compiled;
        this.hash = hash;
        this.rules = rules;
        this.trends = trends;
    }

    /**
     * Loads every {@code .drl} file below a folder.
     *
     * @throws RuleProblems with all that is wrong in any file
     */
    public static RuleBook load(Path folder) throws RuleProblems {
        return of(read(folder));
    }

    /**
     * Compiles rule texts.
     *
     * @param texts DRL by file name, such as {@code threshold/memory.drl}
     * @throws RuleProblems with all that is wrong in any of them
     */
    public static RuleBook of(Map<String, String> texts) throws RuleProblems {
        List<Problem> problems = new ArrayList<>();
        Set<String> trends = new TreeSet<>();
        Map<String, RuleInfo> rules = new TreeMap<>();
        texts.forEach((name, text) -> {
            RuleFile file = RuleFile.parse(name, text);
            problems.addAll(file.problems());
            if (file.tree() != null) {
                RuleLint lint = new RuleLint(file);
                problems.addAll(lint.problems());
                trends.addAll(lint.trends());
                for (RuleInfo rule : file.rules()) {
                    RuleInfo other = rules.putIfAbsent(rule.ref().name(), rule);
                    if (other != null) {
                        problems.add(Problem.error(
                                name,
                                rule.ref().line(),
                                1,
                                "rule \"" + rule.ref().name() + "\" stands twice",
                                "the first is at " + other.ref().place()));
                    }
                }
            }
        });
        throwIf(problems);
        RuleCompiler.Result compiled = RuleCompiler.compile(texts);
        if (compiled.container() == null) {
            throwIf(CompileErrors.locate(texts, rules, compiled.errors()));
        }
        return new RuleBook(compiled, hash(texts), Map.copyOf(rules), Set.copyOf(trends));
    }

    private static void throwIf(List<Problem> problems) throws RuleProblems {
        if (!problems.isEmpty()) {
            throw new RuleProblems(problems.stream().sorted().toList());
        }
    }

    private static Map<String, String> read(Path folder) throws RuleProblems {
        Map<String, String> texts = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder, 8, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".drl"))
                    .sorted()
                    .toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                try {
                    if (Files.size(file) > LARGEST_FILE) {
                        problems.add(Problem.error(
                                name,
                                1,
                                1,
                                "the file has " + Files.size(file) + " bytes",
                                "at most " + LARGEST_FILE + " are allowed"));
                    } else {
                        texts.put(name, Files.readString(file, StandardCharsets.UTF_8));
                    }
                } catch (CharacterCodingException notText) {
                    problems.add(Problem.error(name, 1, 1, "the file is not UTF-8 text", "save it as UTF-8"));
                }
            }
        } catch (IOException | java.io.UncheckedIOException fault) {
            problems.add(Problem.error(
                    ".", 1, 1, "cannot be read: " + fault.getMessage(), "rules.path names a folder with rule files"));
        }
        if (texts.isEmpty() && problems.isEmpty()) {
            problems.add(Problem.error(".", 1, 1, "holds no rule file", "rules.path names a folder with .drl files"));
        }
        throwIf(problems);
        return texts;
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

    /** The names of all rules but some, by file and line. */
    List<String> namesWithout(Set<String> some) {
        return rules().stream()
                .map(rule -> rule.ref().name())
                .filter(name -> !some.contains(name))
                .toList();
    }

    /** Where a rule stands; a place of its own for a name that is not known. */
    public RuleRef ref(String rule) {
        RuleInfo info = rules.get(rule);
        return info == null ? new RuleRef(rule, "-", 0) : info.ref();
    }

    /** Whether some rule asks how a metric moves. */
    boolean wantsTrend(String metric) {
        return metric != null && (trends.contains(metric) || trends.contains("*"));
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
        Set<String> others = new TreeSet<>(rules.keySet());
        others.removeAll(only);
        return session(without(others));
    }

    private static KieSession session(KieBase base) {
        KieSessionConfiguration settings = KieServices.get().newKieSessionConfiguration();
        settings.setOption(ClockTypeOption.PSEUDO);
        return base.newKieSession(settings, null);
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

    /** A rule by its name; null if there is none. */
    public RuleInfo rule(String name) {
        return rules.get(name);
    }

    /** What explains a rule of this name; null if there is none. The first call takes a moment. */
    public WhyNot whyNot(String name) {
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

    /** Frees the compiled classes; sessions of this book must be closed before. */
    @Override
    public void close() {
        RuleCompiler.discard(compiled);
    }
}
