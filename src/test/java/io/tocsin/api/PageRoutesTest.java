package io.tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the page and its files are served. */
class PageRoutesTest {
    private final ApiFixture api = new ApiFixture();

    @BeforeEach
    void start() throws Exception {
        api.start();
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    @Test
    void thePageIsAskedForAgainAndItsFilesAreKeptForGood() throws Exception {
        var page = api.get("/");
        assertThat(page.getHeader("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.getHeader("cache-control")).isEqualTo("no-cache");
        assertThat(page.bodyAsString()).doesNotContain("{version}");

        Matcher named = Pattern.compile("\"(/assets/[^\"]+)\"").matcher(page.bodyAsString());
        int files = 0;
        while (named.find()) {
            var file = api.get(named.group(1));
            assertThat(file.statusCode()).as(named.group(1)).isEqualTo(200);
            assertThat(file.getHeader("cache-control")).contains("immutable");
            assertThat(file.getHeader("content-type"))
                    .matches("(text/(javascript|css); charset=utf-8)|image/svg\\+xml");
            assertThat(file.getHeader("x-content-type-options")).isEqualTo("nosniff");
            files++;
        }
        assertThat(files).isGreaterThan(20);
    }

    @Test
    void whatABrowserHasIsNotSentAgain() throws Exception {
        for (String path : new String[] {"/", asset("app.js"), asset("lib/lit-html.js")}) {
            String tag = api.get(path).getHeader("etag");
            var again = api.call(HttpMethod.GET, path, null, "If-None-Match", "W/\"x\", " + tag);
            assertThat(again.statusCode()).as(path).isEqualTo(304);
            assertThat(again.body()).isNull();
            assertThat(again.getHeader("etag")).isEqualTo(tag);
            assertThat(api.call(HttpMethod.GET, path, null, "If-None-Match", "\"x\"")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void itIsSmallForThoseWhoCanUnpackIt() throws Exception {
        String plain = api.get(asset("app.js")).bodyAsString();
        for (String accepted : new String[] {"gzip", "br, gzip;q=0.5", "GZIP, deflate"}) {
            var small = api.call(HttpMethod.GET, asset("app.js"), null, "Accept-Encoding", accepted);
            assertThat(small.getHeader("content-encoding")).as(accepted).isEqualTo("gzip");
            assertThat(small.getHeader("vary")).isEqualTo("Accept-Encoding");
            assertThat(unpacked(small)).isEqualTo(plain);
            assertThat(small.getHeader("etag"))
                    .isNotEqualTo(api.get(asset("app.js")).getHeader("etag"));
        }
        for (String refused : new String[] {"br", "gzip;q=0", "identity, gzip;q=0.0", "notgzip"}) {
            assertThat(api.call(HttpMethod.GET, asset("app.js"), null, "Accept-Encoding", refused)
                            .getHeader("content-encoding"))
                    .as(refused)
                    .isNull();
        }
    }

    @Test
    void headGivesTheHeadersOnly() throws Exception {
        var head = api.call(HttpMethod.HEAD, asset("app.js"), null);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isNull();
        assertThat(head.getHeader("content-length"))
                .isEqualTo(api.get(asset("app.js")).getHeader("content-length"));
    }

    @Test
    void aPageThatWasOpenWhileTheApplianceWasReplacedStillFindsItsFiles() throws Exception {
        var file = api.get("/assets/000000000000/app.js");
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.getHeader("cache-control")).isEqualTo("no-cache");
    }

    @Test
    void nothingElseIsThere() throws Exception {
        for (String path : new String[] {
            "/assets/x/nope.js",
            "/assets/x/index.html",
            "/assets/x/lib/nope.js",
            "/assets/x/..%2f..%2fapi%2fopenapi.json",
            "/assets/x/lib/..%2fapp.js",
            "/assets/x/",
            "/assets/",
            "/io/tocsin/page/app.js"
        }) {
            var answer = api.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.bodyAsJsonObject().getString("error")).isNotBlank();
        }
        assertThat(api.call(HttpMethod.POST, asset("app.js"), Buffer.buffer("x"))
                        .statusCode())
                .isEqualTo(405);
    }

    private static String asset(String name) {
        return "/assets/" + PageFiles.read().version() + "/" + name;
    }

    private static String unpacked(HttpResponse<Buffer> response) throws IOException {
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(response.body().getBytes()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
