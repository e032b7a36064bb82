package io.tocsin.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.tocsin.api.StandIn;
import io.tocsin.api.StandInStory;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first view in a browser: what comes, what is done about it, and that it stays where one looks. */
class PageNowIT {
    private static final String MEMORY = "a1f09c3b77d2-3";

    private static Browser browser;
    private StandIn tocsin;
    private Browser.Tab tab;
    private Page page;

    @BeforeAll
    static void launch() {
        browser = new Browser();
    }

    @AfterAll
    static void quit() {
        browser.close();
    }

    @BeforeEach
    void open() {
        tocsin = StandInStory.tell(new StandIn().start(0));
        tab = browser.open(tocsin.url());
        page = tab.page();
        assertThat(row(MEMORY)).isVisible();
    }

    @AfterEach
    void close() {
        assertThat(tab.complaints()).isEmpty();
        tab.close();
        tocsin.close();
    }

    private Locator row(String id) {
        return page.locator("toc-list .item[data-key='" + id + "']");
    }

    private Locator button(String id, String act) {
        return row(id).locator("[data-act=" + act + "]");
    }

    private static JsonObject fresh(String id, String severity, String message) {
        return StandInStory.document(
                Instant.now(), id, "orders", "n4", "queue_length", severity, message, 0, "queue is long");
    }

    @Test
    void anAlertAppearsAndGoesWithoutAReload() {
        JsonObject alert = fresh("new-1", "critical", "the queue is long");
        tocsin.put(alert);
        assertThat(row("new-1")).containsText("the queue is long");
        assertThat(page.locator(".figure").first()).containsText("4");
        assertThat(page).hasTitle("4 critical · Tocsin");

        tocsin.put(alert.copy().put("state", "resolved").put("revision", 3));
        assertThat(row("new-1")).hasCount(0);
        assertThat(page.evaluate("window.loads")).isEqualTo(1);
    }

    @Test
    void anOlderRevisionChangesNothing() {
        tocsin.put(fresh("new-1", "critical", "as it is").put("revision", 7));
        assertThat(row("new-1")).containsText("as it is");
        tocsin.put(fresh("new-1", "critical", "as it was").put("revision", 6));
        tocsin.put(fresh("new-2", "info", "another"));
        assertThat(row("new-2")).isVisible();
        assertThat(row("new-1")).containsText("as it is");
    }

    @Test
    void anAcknowledgementCanBeUndoneAndIsSentOtherwise() {
        button(MEMORY, "ack").click();
        assertThat(row(MEMORY)).containsText("Acknowledging in");
        button(MEMORY, "undo").click();
        assertThat(button(MEMORY, "ack")).isVisible();
        assertThat(tocsin.commands()).isEmpty();

        button(MEMORY, "ack").click();
        await().atMost(Duration.ofSeconds(15)).until(() -> !tocsin.commands().isEmpty());
        assertThat(tocsin.commands())
                .containsExactly(
                        "/api/v1/alerts/" + MEMORY + "/ack {\"acknowledged_by\":\"ann\",\"ack_message\":\"\"}");
        page.mouse().move(5, 5);
        assertThat(row(MEMORY)).containsText("by ann");
        assertThat(button(MEMORY, "ack")).hasCount(0);
    }

    @Test
    void whatWasPromisedIsSentAlthoughThePageIsLeft() {
        button(MEMORY, "ack").click();
        assertThat(row(MEMORY)).containsText("Acknowledging in");
        page.navigate("about:blank");
        await().atMost(Duration.ofSeconds(3)).until(() -> tocsin.commands().size() == 1);
    }

    @Test
    void whoAcknowledgesIsAskedOnce() {
        try (Browser.Tab stranger = browser.open(tocsin.url(), Browser.Look.PHONE, null)) {
            Page other = stranger.page();
            other.locator("[data-act=ack]").first().click();
            other.locator("dialog input").fill("bo");
            other.keyboard().press("Enter");
            assertThat(other.locator(".acts").first()).containsText("Acknowledging in");
            assertThat(other.locator(".person")).hasText("bo");
            other.reload();
            other.locator("[data-act=ack]").nth(1).click();
            assertThat(other.locator("dialog")).hasCount(0);
            assertThat(stranger.complaints()).isEmpty();
        }
    }

    @Test
    void whyItCannotBeResolvedIsSaidWhereItWasAsked() {
        tocsin.refuse("a fresh reading of 96.4 supports it");
        button(MEMORY, "resolve").click();
        assertThat(row(MEMORY).locator("[role=alert]")).containsText("A fresh reading of 96.4 supports it");

        tocsin.refuse(null);
        button(MEMORY, "resolve").click();
        assertThat(row(MEMORY)).containsText("resolved");
        page.mouse().move(5, 5);
        assertThat(row(MEMORY)).hasCount(0);
        assertThat(tocsin.commands()).hasSize(2).last().asString().endsWith("{\"resolved_by\":\"ann\"}");
    }

    @Test
    void whatIsFilteredSurvivesAReload() {
        page.locator("#search").fill("node:n3");
        page.locator(".figure").first().click();
        page.locator("select[name=group]").selectOption("type");
        assertThat(page.locator("toc-list .alert")).hasCount(1);
        assertThat(page.locator("toc-list .group")).containsText("memory_usage");

        page.reload();
        assertThat(row(MEMORY)).isVisible();
        assertThat(page.locator("toc-list .alert")).hasCount(1);
        assertThat(page.locator("#search")).hasValue("node:n3");
        assertThat(page.locator("select[name=group]")).hasValue("type");
        assertThat(page.locator(".figure").first()).hasAttribute("aria-pressed", "true");
    }

    @Test
    void nothingMovesUnderThePointerAndWhatIsNewWaits() {
        double before = row("c90a71d2e0b8-1").boundingBox().y;
        button("c90a71d2e0b8-1", "resolve").hover();
        tocsin.put(fresh("new-1", "critical", "the queue is long"));
        assertThat(page.locator(".newcomers")).hasText("1 new alert: show");
        assertThat(row("c90a71d2e0b8-1").boundingBox().y).isEqualTo(before);

        page.locator(".newcomers").click();
        assertThat(row("new-1")).isVisible();
    }

    @Test
    void itIsUsedWithKeysOnly() {
        page.keyboard().press("j");
        page.keyboard().press("j");
        assertThat(row("b22d8810ac41-1").locator("a.message")).isFocused();
        page.keyboard().press("k");
        assertThat(row(MEMORY).locator("a.message")).isFocused();
        page.keyboard().press("a");
        assertThat(row(MEMORY)).containsText("Acknowledging in");
        page.keyboard().press("u");
        assertThat(button(MEMORY, "ack")).isVisible();
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("memory at 96.4 %");
        page.keyboard().press("Escape");
        assertThat(row(MEMORY)).isVisible();

        page.keyboard().press("/");
        page.keyboard().type("n5");
        assertThat(page.locator("toc-list .alert")).hasCount(1);
        page.keyboard().press("Escape");
        assertThat(page.locator("#search")).hasValue("");
        page.keyboard().press("Escape");
        page.keyboard().press("?");
        assertThat(page.locator("dialog")).containsText("acknowledge");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        page.keyboard().press("4");
        assertThat(page.locator("nav a[aria-current]")).hasText("History");
    }

    @Test
    void everythingIsReachedByTabAndTheFocusIsSeen() {
        assertThat(page.locator(".skip")).not().isInViewport();
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            if ((boolean) page.evaluate("document.activeElement.matches('[data-act=ack]')")) {
                assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                        .isEqualTo("solid");
                return;
            }
        }
        throw new AssertionError("sixty steps do not lead to a button that acknowledges");
    }
}
