package io.tocsin.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.tocsin.api.StandIn;
import io.tocsin.api.StandInStory;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the page keeps up: after a loss, after a restart, with very many alerts, and with an appliance that offers less. */
class PageStreamIT {
    private static final LocatorAssertions.IsVisibleOptions PATIENTLY =
            new LocatorAssertions.IsVisibleOptions().setTimeout(30_000);

    private static Browser browser;

    @BeforeAll
    static void launch() {
        browser = new Browser();
    }

    @AfterAll
    static void quit() {
        browser.close();
    }

    private static JsonObject alert(String id, String message) {
        return StandInStory.document(
                Instant.now(), id, "orders", "n4", "queue_length", "critical", message, 0, "queue is long");
    }

    @Test
    void afterALossItGoesOnWhereItWas() {
        try (StandIn tocsin = StandInStory.tell(new StandIn().start(0));
                Browser.Tab tab = browser.open(tocsin.url())) {
            await().until(() -> tocsin.stream().readers() == 1 && tocsin.asked() == 3);
            tocsin.put(alert("new-1", "heard before"));
            assertThat(tab.page().getByText("heard before")).isVisible();
            int asked = tocsin.asked();

            tocsin.cut(false);
            tocsin.put(alert("new-2", "said meanwhile"));
            assertThat(tab.page().getByText("said meanwhile")).isVisible();
            assertThat(tocsin.stream().resumed()).isEqualTo(1);
            assertThat(tocsin.asked()).as("nothing was loaded anew").isEqualTo(asked);
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void whatTheApplianceForgotIsLoadedAnew() {
        try (StandIn tocsin = StandInStory.tell(new StandIn().start(0));
                Browser.Tab tab = browser.open(tocsin.url())) {
            await().until(() -> tocsin.stream().readers() == 1 && tocsin.asked() == 3);
            tocsin.put(alert("new-1", "heard before"));
            assertThat(tab.page().getByText("heard before")).isVisible();
            int asked = tocsin.asked();

            tocsin.cut(true);
            await().atMost(Duration.ofSeconds(15)).until(() -> tocsin.asked() > asked);
            assertThat(tab.page().locator(".live")).hasText("Live");
            assertThat(tab.page().getByText("heard before")).isVisible();
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void anApplianceThatIsAwayIsSaidToBeAndComesBack() {
        StandIn first = StandInStory.tell(new StandIn().start(0));
        try (Browser.Tab tab = browser.open(first.url())) {
            Page page = tab.page();
            assertThat(page.getByText("memory at 96.4 %")).isVisible();
            int port = first.port();
            first.close();
            assertThat(page.locator(".banner")).containsText("Not connected to the appliance");
            assertThat(page.locator(".live")).hasText("Not live");
            assertThat(page.getByText("memory at 96.4 %")).isVisible();

            try (StandIn second = StandInStory.tell(new StandIn().start(port))) {
                second.put(alert("new-1", "after the restart"));
                assertThat(page.getByText("after the restart")).isVisible(PATIENTLY);
                assertThat(page.locator(".banner")).hasCount(0);
                assertThat(page.locator(".live")).hasText("Live");
                assertThat(page.evaluate("window.loads")).isEqualTo(1);
            }
        }
    }

    @Test
    void tenThousandOpenAlertsStaySmooth() {
        try (StandIn tocsin = StandInStory.tell(new StandIn().start(0))) {
            StandInStory.flood(tocsin, 10_000);
            try (Browser.Tab tab = browser.open(tocsin.url())) {
                Page page = tab.page();
                assertThat(page.locator("toc-list .alert").first()).isVisible();
                double painted = ((Number)
                                page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                        .doubleValue();
                assertThat(painted).as("first paint, ms").isLessThan(1_000);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> page.locator(".count").innerText().equals("10,007"));
                assertThat(page.locator("toc-list .item").count()).isLessThan(60);

                List<?> frames = (List<?>) page.evaluate("""
                        async () => {
                          const gaps = [];
                          let before = performance.now();
                          for (let i = 0; i < 120; i += 1) {
                            window.scrollBy({top: 900, behavior: 'instant'});
                            await new Promise(requestAnimationFrame);
                            const now = performance.now();
                            gaps.push(now - before);
                            before = now;
                          }
                          return gaps.sort((a, b) => a - b);
                        }""");
                double middle = ((Number) frames.get(60)).doubleValue();
                assertThat(middle).as("a frame while scrolling, ms").isLessThan(50);
                page.evaluate("window.scrollTo({top: document.body.scrollHeight, behavior: 'instant'})");
                assertThat(page.locator("toc-list .item[aria-posinset='10007']"))
                        .isVisible();
                assertThat(page.locator("toc-list .item").count()).isLessThan(60);
                assertThat(tab.complaints()).isEmpty();
            }
        }
    }

    @Test
    void whatOneLooksAtStaysWhereItIsInAStorm() {
        try (StandIn tocsin = StandInStory.tell(new StandIn().start(0))) {
            StandInStory.flood(tocsin, 500);
            try (Browser.Tab tab = browser.open(tocsin.url())) {
                Page page = tab.page();
                assertThat(page.locator(".count")).hasText("507");
                page.evaluate("window.scrollTo({top: 9000, behavior: 'instant'})");
                page.waitForFunction("""
                        () => [...document.querySelectorAll('toc-list .item')]
                          .some(row => row.getBoundingClientRect().top > 200)""");
                String key = (String) page.evaluate("""
                        () => [...document.querySelectorAll('toc-list .item')]
                          .find(row => row.getBoundingClientRect().top > 200).dataset.key""");
                double before = page.locator("[data-key='" + key + "']").boundingBox().y;
                page.evaluate("""
                        () => new PerformanceObserver(list => {
                          window.shifted = (window.shifted ?? 0) + list.getEntries().reduce((sum, one) => sum + one.value, 0);
                        }).observe({type: 'layout-shift'})""");
                for (int i = 0; i < 200; i++) {
                    tocsin.put(alert("storm-" + i, "storm " + i));
                }
                assertThat(page.locator(".count")).hasText("707");
                double after = page.locator("[data-key='" + key + "']").boundingBox().y;
                assertThat(after).isBetween(before - 2, before + 2);
                assertThat(((Number) page.evaluate("window.shifted ?? 0")).doubleValue())
                        .as("what moved by itself")
                        .isLessThan(0.01);
            }
        }
    }

    @Test
    void withoutAStreamItAsksEveryFewSeconds() {
        try (StandIn tocsin = StandInStory.tell(new StandIn().start(0).withoutStream());
                Browser.Tab tab = browser.open(tocsin.url())) {
            assertThat(tab.page().locator(".live")).hasText("Every 5 s");
            tocsin.put(alert("new-1", "asked for"));
            assertThat(tab.page().getByText("asked for")).isVisible();
        }
    }

    @Test
    void withAccountsOneLogsInFirst() {
        try (StandIn tocsin = StandInStory.tell(new StandIn().start(0))) {
            tocsin.accounts();
            try (Browser.Tab tab = browser.open(tocsin.url(), Browser.Look.WIDE, null)) {
                Page page = tab.page();
                page.locator("[name=user]").fill("ann");
                page.locator("[name=password]").fill("wrong");
                page.keyboard().press("Enter");
                assertThat(page.locator("[role=alert]")).hasText("User or password is wrong");
                page.locator("[name=password]").fill("secret");
                page.keyboard().press("Enter");
                assertThat(page.getByText("memory at 96.4 %")).isVisible();
                assertThat(page.locator(".person")).hasText("ann");

                page.getByText("Log out").click();
                assertThat(page.locator("[name=password]")).isVisible();
                await().until(() -> tocsin.stream().readers() == 0);
                assertThat(tab.complaints()).isEmpty();
            }
        }
    }
}
