package io.tocsin.it;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A Chromium without a window. Whatever a page complains of, a dialog, an error, a breach of its policy, is kept in
 * {@link Tab#complaints}.
 */
final class Browser implements AutoCloseable {
    private static final double PATIENCE_MS = 15_000;

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final com.microsoft.playwright.Browser chromium = playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(program())
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")));

    /**
     * A page in a context of its own.
     *
     * @param page what Playwright does things with
     * @param complaints what it should not have said
     */
    record Tab(Page page, List<String> complaints) implements AutoCloseable {
        @Override
        public void close() {
            page.context().close();
        }
    }

    /** How a tab looks. */
    record Look(int width, int height, boolean dark) {
        static final Look WIDE = new Look(1280, 800, false);
        static final Look PHONE = new Look(390, 844, false);

        Look inTheDark() {
            return new Look(width, height, true);
        }

        String name() {
            return (width < 600 ? "phone" : "wide") + (dark ? "-dark" : "");
        }
    }

    Browser() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    }

    Tab open(String address) {
        return open(address, Look.WIDE, "ann");
    }

    /** Opens an address as somebody whose name the browser knows; as nobody if it is null. */
    Tab open(String address, Look look, String name) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(look.width(), look.height())
                .setDeviceScaleFactor(look.width() < 600 ? 2 : 1)
                .setColorScheme(look.dark() ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setTimezoneId("Europe/Berlin"));
        context.setDefaultTimeout(PATIENCE_MS);
        if (name != null) {
            context.addInitScript("try { localStorage.setItem('tocsin.name', '" + name + "'); } catch {}");
        }
        Page page = context.newPage();
        List<String> complaints = new CopyOnWriteArrayList<>();
        page.onDialog(dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onPageError(error -> complaints.add("error: " + error));
        page.onConsoleMessage(message -> {
            boolean bad = message.type().equals("error") || message.type().equals("warning");
            // the browser says so of every answer that is not a good one
            if (bad && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.type() + ": " + message.text());
            }
        });
        page.addInitScript("try { window.loads = Number(sessionStorage.getItem('loads') ?? 0) + 1;"
                + "sessionStorage.setItem('loads', window.loads); } catch {}");
        page.navigate(address);
        return new Tab(page, complaints);
    }

    private static Path program() {
        try {
            Path known = Jar.PROJECT.resolve("target/browser.path");
            if (!Files.exists(known)) {
                Process process = new ProcessBuilder("bash", "src/test/browser/find.sh", "target/browser")
                        .directory(Jar.PROJECT.toFile())
                        .redirectOutput(known.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                process.waitFor();
            }
            return Path.of(Files.readString(known).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What axe-core finds wrong with a page, serious things only: one line each, with the element. */
    @SuppressWarnings("unchecked")
    static List<String> barriers(Page page) {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            page.evaluate(new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n;void 0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (List<String>) page.evaluate("""
                async () => (await axe.run(document, {resultTypes: ['violations']})).violations
                  .filter(one => ['serious', 'critical'].includes(one.impact))
                  .flatMap(one => one.nodes.map(node => `${one.id}: ${node.html} ${node.failureSummary}`))""");
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
