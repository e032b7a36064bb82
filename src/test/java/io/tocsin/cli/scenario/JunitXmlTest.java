package io.tocsin.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What build servers read. */
class JunitXmlTest {
    private static final Path SCHEMA = Path.of("src/test/resources/junit.xsd");

    private final Console console = new Console();
    private SmallRules rules;

    @BeforeEach
    void rules(@TempDir Path folder) {
        rules = new SmallRules(folder);
        rules.write(
                "a.scenario.yaml",
                SmallRules.scenario("cpu", 95, "[{alert_type: cpu_high, message: \"<\\e[31m & \\\"\\0\\uFFFF]]>\"}]")
                        .replace("high cpu fires", "\"fires <&> \\e\""));
    }

    private int write(Path junit) throws Exception {
        return console.run(new Parts.Wanted(List.of(rules.folder()), rules.folder(), List.of(), junit, false, false));
    }

    private static Document read(Path file) throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(SCHEMA.toFile())
                .newValidator()
                .validate(new StreamSource(file.toFile()));
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    @Test
    void fileHoldsASuiteForEachScenarioFile() throws Exception {
        rules.write("c.scenario.yaml", "cases: []\n");
        Path file = rules.path("out/junit.xml");
        assertThat(write(file)).isEqualTo(1);
        Document document = read(file);
        var suites = document.getElementsByTagName("testsuite");
        assertThat(suites.getLength()).isEqualTo(3);
        Element first = (Element) suites.item(0);
        assertThat(first.getAttribute("tests")).isEqualTo("2");
        assertThat(first.getAttribute("failures")).isEqualTo("1");
        assertThat(first.getAttribute("timestamp")).isEqualTo("2026-02-03T04:05:06");
        assertThat(((Element) suites.item(2)).getAttribute("errors")).isEqualTo("1");
        Element failure = (Element) document.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).contains("alerts: expected", "<\\u001b[31m & \"\\u0000");
        assertThat(failure.getTextContent()).contains("what happened", "telemetry", "]]>", "matched resource_usage");
        assertThat(Files.readString(file)).doesNotContain("\u001b");
    }

    @Test
    void folderGetsAFileForEachScenarioFile() throws Exception {
        Path folder = Files.createDirectory(rules.path("reports"));
        assertThat(write(folder)).isEqualTo(1);
        try (var files = Files.list(folder)) {
            List<Path> all = files.sorted().toList();
            assertThat(all).hasSize(2);
            for (Path file : all) {
                assertThat(file.getFileName().toString()).startsWith("TEST-").endsWith(".xml");
                assertThat(read(file).getDocumentElement().getTagName()).isEqualTo("testsuite");
            }
        }
    }

    @Test
    void placeThatCannotBeWrittenIsSaid() throws Exception {
        assertThat(write(rules.path("a.drl/x.xml"))).isEqualTo(2);
        assertThat(console.err()).startsWith("tocsin: --junit " + rules.path("a.drl/x.xml") + ": cannot be written: ");
    }
}
