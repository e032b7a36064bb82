package io.tocsin.it;

import com.microsoft.playwright.Page;
import io.tocsin.api.StandIn;
import io.tocsin.api.StandInStory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes the pictures in {@code docs/images}: {@code mvn verify -Dit.test=PagePicturesIT -Dtocsin.pictures=true}. */
@EnabledIfSystemProperty(named = "tocsin.pictures", matches = "true")
class PagePicturesIT {
    private static final Path FOLDER = Jar.PROJECT.resolve("docs/images");
    private static final Map<String, String> NAMES = Map.of(
            "now", "now",
            "alert/a1f09c3b77d2-3", "alert",
            "cluster/orders", "cluster",
            "rules", "rules",
            "history", "history",
            "diagnostics", "diagnostics");

    @Test
    void ofEveryViewInEveryLook() {
        try (Browser browser = new Browser();
                StandIn tocsin = StandInStory.tell(new StandIn().start(0))) {
            for (Browser.Look look : List.of(
                    Browser.Look.WIDE,
                    Browser.Look.WIDE.inTheDark(),
                    Browser.Look.PHONE,
                    Browser.Look.PHONE.inTheDark())) {
                NAMES.forEach((view, name) -> {
                    try (Browser.Tab tab = PageViewsIT.open(browser, tocsin.url(), view, look)) {
                        // two frames: charts are drawn after their page
                        tab.page()
                                .evaluate(
                                        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
                        tab.page()
                                .screenshot(new Page.ScreenshotOptions()
                                        .setPath(FOLDER.resolve(name + "-" + look.name() + ".png"))
                                        .setFullPage(look.width() > 600));
                    }
                });
            }
        }
    }
}
