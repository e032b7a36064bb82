package io.tocsin.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.tocsin.api.StandIn;
import io.tocsin.api.StandInStory;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every view: it shows what it should, to everybody, and takes no text for code. */
class PageViewsIT {
    /** The address of each view, and words that it shows when it is whole. */
    static final Map<String, String> VIEWS = Map.of(
            "now", "memory at 96.4 %",
            "now?group=node", "s2",
            "alert/a1f09c3b77d2-3", "Facts that matched",
            "cluster", "payments",
            "cluster/orders", "Append throughput",
            "rules", "node is silent",
            "rules/memory%20is%20at%2095%20percent%20or%20more", "a dip is silent",
            "history", "ledger is unhealthy",
            "diagnostics", "largest_processes");

    private static Browser browser;
    private static StandIn tocsin;

    @BeforeAll
    static void launch() {
        browser = new Browser();
        tocsin = StandInStory.tell(new StandIn().start(0));
    }

    @AfterAll
    static void quit() {
        browser.close();
        tocsin.close();
    }

    static Stream<Arguments> viewsAndLooks() {
        List<Browser.Look> looks = List.of(
                Browser.Look.WIDE, Browser.Look.PHONE, Browser.Look.WIDE.inTheDark(), Browser.Look.PHONE.inTheDark());
        return VIEWS.keySet().stream().sorted().flatMap(view -> looks.stream().map(look -> Arguments.of(view, look)));
    }

    /** Opens a view and waits until it is whole. */
    static Browser.Tab open(Browser browser, String address, String view, Browser.Look look) {
        Browser.Tab tab = browser.open(address + "/#/" + view, look, "ann");
        assertThat(tab.page().getByText(VIEWS.get(view)).first()).isVisible();
        return tab;
    }

    @ParameterizedTest
    @MethodSource("viewsAndLooks")
    void nobodyIsShutOut(String view, Browser.Look look) {
        try (Browser.Tab tab = open(browser, tocsin.url(), view, look)) {
            assertThat(Browser.barriers(tab.page())).isEmpty();
            assertThat(tab.page().evaluate("document.documentElement.scrollWidth"))
                    .as("nothing is wider than the screen")
                    .isEqualTo(look.width());
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void oneAlertIsTheWholeStory() {
        try (Browser.Tab tab = open(browser, tocsin.url(), "alert/a1f09c3b77d2-3", Browser.Look.WIDE)) {
            Page page = tab.page();
            assertThat(page.locator(".step")).hasCount(4);
            assertThat(page.locator(".step").nth(1)).containsText("pagerduty told after 2 s");
            assertThat(page.locator(".step").nth(2)).containsText("second-line not reached 5 attempts");
            assertThat(page.locator(".step").nth(3)).containsText("Escalates to level 2 in");
            assertThat(page.locator(".line.matched")).containsText("ResourceUsage(");
            assertThat(page.locator(".fact")).containsText("96.4 above 95");
            assertThat(page.locator("toc-chart canvas")).isVisible();
            assertThat(page.locator(".capture")).containsText("heap_used");
            assertThat(page.locator("table tbody tr")).hasCount(2);
        }
    }

    @Test
    void whatIsSaidWithAnAcknowledgementIsSent() {
        try (StandIn own = StandInStory.tell(new StandIn().start(0));
                Browser.Tab tab = open(browser, own.url(), "alert/a1f09c3b77d2-3", Browser.Look.PHONE)) {
            tab.page().locator("[name=message]").fill("draining <n3>");
            tab.page().locator("[name=span]").selectOption("2h");
            tab.page().locator("[data-act=ack]").click();
            assertThat(tab.page().locator(".step").last()).containsText("The acknowledgement");
            assertThat(own.commands())
                    .containsExactly("/api/v1/alerts/a1f09c3b77d2-3/ack {\"acknowledged_by\":\"ann\","
                            + "\"ack_message\":\"draining <n3>\",\"ack_for\":\"2h\"}");
        }
    }

    @Test
    void anApplianceThatOffersLessIsStillShown() {
        try (StandIn less = new StandIn().start(0).withoutStream()) {
            less.answers("/api/v1/clusters", ctx -> new io.vertx.core.json.JsonArray());
            for (String view : List.of("cluster/orders", "rules", "history", "diagnostics", "alert/nope")) {
                try (Browser.Tab tab = browser.open(less.url() + "/#/" + view)) {
                    assertThat(tab.page().locator("main h1, main h3").first()).isVisible();
                    assertThat(tab.page().locator("main")).not().containsText("Loading");
                    assertThat(tab.complaints()).as(view).isEmpty();
                }
            }
        }
    }

    @Test
    void textOfOthersIsTextEverywhere() {
        try (StandIn hostile = Hostile.told(StandInStory.tell(new StandIn().start(0)))) {
            for (String view : VIEWS.keySet().stream()
                    .filter(one -> !one.startsWith("rules/"))
                    .toList()) {
                try (Browser.Tab tab = browser.open(hostile.url() + "/#/" + view)) {
                    assertThat(tab.page().getByText("<img src=x").first()).isVisible();
                    assertThat(tab.page().locator("main img, main script, main iframe, main a[href^='javascript']"))
                            .hasCount(0);
                    assertThat(tab.page().evaluate("window.owned ?? null")).isNull();
                    assertThat(tab.complaints()).as(view).isEmpty();
                }
            }
        }
    }
}
