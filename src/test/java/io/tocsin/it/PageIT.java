package io.tocsin.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.tocsin.fake.FakePagerDuty;
import io.tocsin.fake.FakeSlack;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of the appliance itself: from a reading to the screen, and from a key to PagerDuty. */
class PageIT {
    private static final LocatorAssertions.IsVisibleOptions PATIENTLY =
            new LocatorAssertions.IsVisibleOptions().setTimeout(45_000);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FakeSlack slack = FakeSlack.start(vertx);
    private final FakePagerDuty pagerDuty = FakePagerDuty.start(vertx);
    private final Browser browser = new Browser();
    private ProcessAppliance tocsin;
    private Browser.Tab tab;
    private Page page;

    @BeforeEach
    void start() {
        tocsin = new ProcessAppliance(
                        folder, Policy.shipped(folder.resolve("rules")).hasty().folder())
                .receivers(slack.url(), pagerDuty.url())
                .start();
        tab = browser.open(tocsin.url());
        page = tab.page();
        assertThat(page.getByText("All quiet")).isVisible();
    }

    @AfterEach
    void stop() {
        browser.close();
        tocsin.close();
        vertx.close().await();
    }

    private Locator alert(String text) {
        return page.locator("toc-list .alert", new Page.LocatorOptions().setHasText(text));
    }

    @Test
    void fromAReadingToTheScreenAndFromAKeyToPagerDuty() {
        tocsin.http().telemetry(Given.component("n7", "store", "unhealthy"));
        assertThat(alert("store is unhealthy")).isVisible(PATIENTLY);
        assertThat(page.evaluate("window.loads")).isEqualTo(1);
        String id = tocsin.http().alerts("&severity=critical").get(0).getString("id");
        await().untilAsserted(() -> assertThat(pagerDuty.incidents()).containsKey(id));

        page.keyboard().press("j");
        page.keyboard().press("a");
        assertThat(alert("store is unhealthy")).containsText("Acknowledging in");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(pagerDuty.incidents().get(id).state()).isEqualTo(FakePagerDuty.State.ACKED));
        assertThat(alert("store is unhealthy")).containsText("by ann");

        page.keyboard().press("Enter");
        assertThat(page.locator(".story")).containsText("Acknowledged by ann");
        assertThat(page.locator(".drl")).containsText("rule \"component is unhealthy\"");
        page.locator("[data-act=resolve]").click();
        assertThat(page.locator(".refusal")).not().isEmpty();
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void theFilterSurvivesAReloadAndThePageARestart() {
        tocsin.http().telemetry(Given.component("n7", "store", "unhealthy"));
        tocsin.http().telemetry(Given.component("n8", "index", "unhealthy"));
        assertThat(alert("store is unhealthy")).isVisible(PATIENTLY);
        page.locator("#search").fill("node:n8");
        assertThat(alert("index is unhealthy")).isVisible(PATIENTLY);
        assertThat(alert("store is unhealthy")).hasCount(0);
        page.reload();
        assertThat(alert("index is unhealthy")).isVisible();
        assertThat(page.locator("toc-list .alert")).hasCount(1);

        tocsin.kill();
        assertThat(page.locator(".banner")).isVisible(PATIENTLY);
        tocsin.start();
        tocsin.http().telemetry(Given.component("n8", "gateway", "unhealthy"));
        assertThat(alert("gateway is unhealthy")).isVisible(PATIENTLY);
        assertThat(page.locator(".banner")).hasCount(0);
        assertThat(page.evaluate("window.loads")).isEqualTo(2);
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void textThatComesInIsTextOnTheScreen() {
        int n = 0;
        for (String text : Hostile.CORPUS) {
            tocsin.http()
                    .telemetry(new JsonObject()
                            .put("type", "system_alert")
                            .put("node", "n" + n++)
                            .put("alert_type", "outside")
                            .put("severity", "critical")
                            .put("message", text)
                            .put("labels", new JsonObject().put("team", text)));
            JsonObject component = Given.component("n" + n + text, "store" + text, "unhealthy");
            assertThat(tocsin.http().post("/api/v1/telemetry", component).status())
                    .isIn(202, 400);
        }
        assertThat(page.getByText("<img src=x").first()).isVisible(PATIENTLY);
        page.locator("toc-list a.message", new Page.LocatorOptions().setHasText("<img src=x"))
                .first()
                .click();
        assertThat(page.locator(".story")).isVisible();
        for (String view : new String[] {"cluster", "cluster/default", "history", "diagnostics", "rules"}) {
            page.navigate(tocsin.url() + "/#/" + view);
            assertThat(page.locator("main h1").first()).isVisible();
        }
        assertThat(page.evaluate("window.owned ?? null")).isNull();
        assertThat(tab.complaints()).isEmpty();
    }
}
