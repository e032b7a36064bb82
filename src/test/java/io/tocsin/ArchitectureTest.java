package io.tocsin;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The package table of the design: who may use whom, and what of the outside. */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int LONGEST_FILE = 300;
    private static final JavaClasses MAIN = classesBeside(Appliance.class);
    private static final JavaClasses TESTS = classesBeside(ArchitectureTest.class);

    /** Package, what of ours it may use, what of others beside the JDK and slf4j, and why. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            model      |                                                 |                                                                     | the nouns are a library for other applications: no I/O, no clock, no logging
            bus        | model                                           | io.vertx.core.. com.fasterxml.jackson..                             | addresses and JSON are a library for other applications: no Drools, no SQL, no HTTP
            membership | model bus                                       | io.vertx.core.. io.vertx.spi.cluster.. io.vertx.micrometer.. com.hazelcast.. io.micrometer.. | only it knows Hazelcast, so that all else runs without
            collect    | model bus                                       | io.vertx.. io.micrometer.. com.fasterxml.jackson.. oshi..           | a source knows neither rules nor receivers
            evaluate   | model                                           | org.kie.. org.drools..                                              | rules decide by facts alone: no bus, no store, no clock
            alert      | model                                           |                                                                     | the lifecycle is a pure function
            store      | model                                           | java.sql javax.sql org.jdbi.. org.flywaydb.. com.zaxxer.. org.sqlite.. org.postgresql.. io.micrometer.. | only it knows SQL, and it knows no JSON
            reload     | model bus evaluate store                        | io.vertx.core.. io.micrometer..                                     | changed rules come in here; lanes hear of them by the bus, and what they must stand is handed in
            lane       | model bus evaluate alert store membership       | io.vertx.core.. io.micrometer.. org.HdrHistogram..                  | the only place where evaluate, alert and store meet
            notify     | model bus store                                 | io.vertx.. io.micrometer.. com.fasterxml.jackson.. ch.qos.logback..  | a receiver sees the outbox and nothing behind it
            api        | model bus store                                 | io.vertx.. io.micrometer.. com.fasterxml.jackson.. io.netty.handler.codec.. at.favre.lib.. javax.crypto.. | the way in and out by HTTP sees what is stored and asks the rest by the bus
            cli        | model bus config evaluate alert lane store      | io.vertx.. io.micrometer.. picocli.. com.fasterxml.jackson.. ch.qos.logback.. com.sun.management.. | a command reads config and runs rules in memory; what starts the appliance is handed to it
            """)
    void usesOnlyWhatTheTableAllows(String area, String ours, String others, String reason) {
        List<String> allowed = new ArrayList<>(List.of("java..", "io.tocsin." + area + ".."));
        if (!area.equals("model")) {
            allowed.add("org.slf4j..");
            allowed.add("javax.net..");
        }
        for (String name : words(ours)) {
            allowed.add("io.tocsin." + name + "..");
        }
        allowed.addAll(words(others));
        holds(classes()
                .that()
                .resideInAPackage("io.tocsin." + area + "..")
                .should(onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new))
                        .or(primitives())
                        .or(area.equals("cli") ? settings() : primitives())))
                .because(reason));
    }

    private static JavaClasses classesBeside(Class<?> one) {
        return new ClassFileImporter()
                .importUrl(one.getProtectionDomain().getCodeSource().getLocation());
    }

    private static List<String> words(String text) {
        return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private static DescribedPredicate<JavaClass> primitives() {
        return DescribedPredicate.describe(
                "primitives and arrays of them",
                type -> type.getBaseComponentType().isPrimitive());
    }

    private static DescribedPredicate<JavaClass> settings() {
        return DescribedPredicate.describe(
                "settings records", type -> outermost(type).getSimpleName().endsWith("Settings"));
    }

    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(false).check(MAIN);
    }

    /** Where the table names one part of a package only. */
    @ParameterizedTest(name = "{0} sees of {1} only {2}")
    @CsvSource(delimiter = '|', textBlock = """
            notify | store | Outbox HeldException FencedException        | it delivers what was decided and records how it went
            reload | store | Store StoreException                        | it keeps rule sets and nothing else
            api    | store | History Diagnostics Figures StoreException AuditLog | it reads, and writes down what was done and nothing else
            lane   | membership | Ownership                              | it asks who owns a cluster and knows nothing of how members find each other
            cli    | store | MemoryStore Store Transaction Restored      | a scenario, a replay and a bench keep nothing on disk
            cli    | alert | Signal                                      | a scenario acknowledges; what that does is the lifecycle's
            """)
    void seesOnlyAPartOf(String area, String other, String names, String reason) {
        List<String> allowed = words(names);
        DescribedPredicate<JavaClass> beyond = resideInAPackage("io.tocsin." + other + "..")
                .and(DescribedPredicate.describe(
                        "other than " + names,
                        type -> !allowed.contains(outermost(type).getSimpleName())));
        holds(noClasses()
                .that()
                .resideInAPackage("io.tocsin." + area + "..")
                .should()
                .dependOnClassesThat(beyond)
                .because(reason));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    @Test
    void configUsesNothingButSettingsRecords() {
        DescribedPredicate<JavaClass> nouns = settings()
                .or(resideInAPackage("io.tocsin.model"))
                .or(DescribedPredicate.describe("enums", JavaClass::isEnum));
        holds(noClasses()
                .that()
                .resideInAPackage("io.tocsin.config..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.tocsin..")
                        .and(not(resideInAPackage("io.tocsin.config..")))
                        .and(not(nouns)))
                .because("config only turns text into each capability's settings record"));
    }

    @Test
    void nothingImportsTheRoot() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("io.tocsin")
                .should()
                .dependOnClassesThat(resideInAPackage("io.tocsin"))
                .because("the root wires everything, so it is handed to others and never asked for"));
    }

    @ParameterizedTest(name = "only {0} uses {1}")
    @CsvSource(delimiter = '|', textBlock = """
            evaluate   | org.kie.. org.drools..
            membership | com.hazelcast.. io.vertx.spi.cluster..
            store      | java.sql.. javax.sql.. org.jdbi.. org.flywaydb.. com.zaxxer.. org.sqlite.. org.postgresql..
            collect    | oshi..
            cli        | picocli..
            api        | at.favre.lib..
            """)
    void onlyOnePackageUsesALibrary(String area, String library) {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages("io.tocsin." + area + "..", "io.tocsin")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library.strip().split("\\s+"))
                .because("a library that only " + area + " knows can be replaced there"));
    }

    @Test
    void nobodyUsesDate() {
        holds(noClasses()
                .that()
                .doNotHaveSimpleName("TlsFiles")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Date")
                .because("an Instant says what it is; only the end of a certificate is not to be had as one"));
    }

    /** Time is an argument: decisions are the same live, in a scenario and in a replay. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "model",
                "bus",
                "collect",
                "evaluate",
                "reload",
                "alert",
                "store",
                "lane",
                "notify",
                "api",
                "config"
            })
    void asksNoClockOfItsOwn(String area) {
        holds(noClasses()
                .that()
                .resideInAPackage("io.tocsin." + area + "..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Clock.class, "systemUTC")
                .orShould()
                .callMethod(java.time.Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(java.time.LocalDateTime.class, "now")
                .because("time comes in through the constructor, so that a test sets it"));
    }

    @Test
    void noTestSleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .because("a test waits for what it waits for: a latch, awaitility, or a time that it sets itself")
                .check(TESTS);
    }

    @Test
    void verticlesExtendVerticleBase() {
        holds(noClasses()
                .that(not(assignableTo(io.vertx.core.VerticleBase.class)))
                .should()
                .beAssignableTo(io.vertx.core.Deployable.class)
                .because("a verticle returns the future of its start"));
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        assertThat(sources().map(Path::getParent).distinct())
                .allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                        .as("one sentence what it does, one what it may not import")
                        .exists());
    }

    @Test
    void noFileIsLong() throws IOException {
        List<String> longFiles = new ArrayList<>();
        for (Path file : sources().toList()) {
            int lines = Files.readAllLines(file).size();
            if (lines > LONGEST_FILE) {
                longFiles.add(file + " has " + lines + " lines");
            }
        }
        assertThat(longFiles)
                .as("at most %s: split a file at a seam that has a name", LONGEST_FILE)
                .isEmpty();
    }

    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> walk = Files.walk(SOURCES)) {
            return walk.filter(file -> file.toString().endsWith(".java")).toList().stream();
        }
    }
}
