package io.tocsin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the package table: capabilities share nouns and addresses and never import one another. */
@AnalyzeClasses(packages = "io.tocsin", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String JAVA = "java..";
    private static final String LOG = "org.slf4j..";
    private static final String METERS = "io.micrometer..";
    private static final String VERTX = "io.vertx..";
    private static final String JACKSON = "com.fasterxml..";
    private static final String MODEL = "io.tocsin.model..";
    private static final String BUS = "io.tocsin.bus..";

    private static ArchRule only(String packages, String why, String... allowed) {
        return classes()
                .that()
                .resideInAPackage(packages)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .because(why);
    }

    @ArchTest
    static final ArchRule MODEL_IS_ALONE =
            only(MODEL, "the nouns are a library for others: the JDK is all they need", JAVA, MODEL);

    @ArchTest
    static final ArchRule BUS_SHARES = only(
            BUS,
            "other Vert.x applications use it: no rules, no SQL, no HTTP server",
            JAVA,
            MODEL,
            BUS,
            VERTX,
            JACKSON,
            LOG);

    @ArchTest
    static final ArchRule EVALUATE_KNOWS_RULES_ONLY = only(
            "io.tocsin.evaluate..",
            "what rules conclude is independent of where facts come from and findings go",
            JAVA,
            MODEL,
            LOG,
            "io.tocsin.evaluate..",
            "org.kie..",
            "org.drools..");

    @ArchTest
    static final ArchRule ALERT_IS_PURE =
            only("io.tocsin.alert..", "decisions are pure functions", JAVA, MODEL, "io.tocsin.alert..");

    @ArchTest
    static final ArchRule STORE_KNOWS_SQL_ONLY = only(
            "io.tocsin.store..",
            "what is kept is independent of who decided it and who hears it",
            JAVA,
            "javax.sql..",
            MODEL,
            LOG,
            METERS,
            "io.tocsin.store..",
            "org.flywaydb..",
            "org.jdbi..",
            "com.zaxxer..",
            "org.sqlite..");

    @ArchTest
    static final ArchRule LANE_IS_WHERE_THEY_MEET = only(
            "io.tocsin.lane..",
            "it is the only place where evaluate, alert and store meet, and it gathers and tells nothing itself",
            JAVA,
            MODEL,
            BUS,
            VERTX,
            LOG,
            METERS,
            "org.HdrHistogram..",
            "io.tocsin.lane..",
            "io.tocsin.evaluate..",
            "io.tocsin.alert..",
            "io.tocsin.store..");

    @ArchTest
    static final ArchRule COLLECT_SENDS_ONLY = only(
            "io.tocsin.collect..",
            "a source knows neither what becomes of its telemetry nor other sources",
            JAVA,
            MODEL,
            BUS,
            VERTX,
            "io.netty..",
            JACKSON,
            LOG,
            METERS,
            "io.tocsin.collect..",
            "oshi..");

    @ArchTest
    static final ArchRule NOTIFY_TELLS_ONLY = only(
            "io.tocsin.notify..",
            "a receiver knows the outbox and nothing of how alerts come about",
            JAVA,
            MODEL,
            BUS,
            VERTX,
            "io.netty..",
            JACKSON,
            LOG,
            METERS,
            "ch.qos.logback..",
            "io.tocsin.notify..",
            "io.tocsin.store..");

    @ArchTest
    static final ArchRule API_READS_ONLY = only(
            "io.tocsin.api..",
            "the API asks over the bus and reads history; it decides nothing",
            JAVA,
            MODEL,
            BUS,
            VERTX,
            "io.netty..",
            JACKSON,
            LOG,
            METERS,
            "io.prometheus..",
            "io.tocsin.api..",
            "io.tocsin.store..");

    @ArchTest
    static final ArchRule ONLY_EVALUATE_KNOWS_DROOLS = noClasses()
            .that()
            .resideOutsideOfPackage("io.tocsin.evaluate..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.kie..", "org.drools..")
            .because("the engine can be replaced behind RuleSession");

    @ArchTest
    static final ArchRule ONLY_MEMBERSHIP_KNOWS_HAZELCAST = noClasses()
            .that()
            .resideOutsideOfPackage("io.tocsin.membership..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster.hazelcast..")
            .because("ownership and membership are decided in one place");

    @ArchTest
    static final ArchRule ONLY_STORE_KNOWS_SQL = noClasses()
            .that()
            .resideOutsideOfPackage("io.tocsin.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "org.flywaydb..", "com.zaxxer..")
            .because("one order of truth has one door");

    @ArchTest
    static final ArchRule NOTHING_IMPORTS_THE_ROOT = noClasses()
            .that()
            .resideInAPackage("io.tocsin.(*)..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tocsin")
            .because("the root wires; Main hands others what they need of it");

    @ArchTest
    static final ArchRule CONFIG_KNOWS_SETTINGS_ONLY = noClasses()
            .that()
            .resideInAPackage("io.tocsin.config..")
            .should()
            .dependOnClassesThat(
                    new com.tngtech.archunit.base.DescribedPredicate<JavaClass>("are no settings of a capability") {
                        @Override
                        public boolean test(JavaClass type) {
                            String name = type.getPackageName();
                            boolean capability = name.startsWith("io.tocsin.")
                                    && !name.startsWith("io.tocsin.config")
                                    && !name.startsWith("io.tocsin.model");
                            String outer = type.getName().replaceAll("\\$.*", "");
                            return capability && !outer.endsWith("Settings");
                        }
                    })
            .because("it reads what capabilities ask for and runs none of them");

    @ArchTest
    static final ArchRule DECISIONS_HAVE_NO_CLOCK = noClasses()
            .that()
            .resideInAnyPackage(
                    MODEL, "io.tocsin.evaluate..", "io.tocsin.alert..", "io.tocsin.lane..", "io.tocsin.bus..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Clock.class, "systemUTC")
            .because("time is an argument: live, scenarios and replay are one code path");

    @Test
    void everyPackageSaysWhatItDoes() throws IOException {
        try (Stream<Path> folders = Files.walk(Path.of("src/main/java/io/tocsin"))) {
            List<Path> silent = folders.filter(Files::isDirectory)
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .toList();
            assertThat(silent).isEmpty();
        }
    }

    @Test
    void noFileIsLongerThanThreeHundredLines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<String> longer = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file) > 300)
                    .map(file -> file + ": " + lines(file))
                    .toList();
            assertThat(longer).isEmpty();
        }
    }

    @Test
    void noTestSleeps() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            List<Path> asleep = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("ArchitectureTest.java"))
                    .filter(ArchitectureTest::sleeps)
                    .toList();
            assertThat(asleep).as("time is set, never slept").isEmpty();
        }
    }

    private static boolean sleeps(Path file) {
        return text(file).contains("Thread.sleep(");
    }

    private static long lines(Path file) {
        return text(file).lines().count();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }
}
