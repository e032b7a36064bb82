package io.tocsin.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** The page that people open, and the files it is made of. */
final class PageRoutes {
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";
    private static final String ASK_FIRST = "no-cache";

    private final PageFiles files;

    PageRoutes(PageFiles files) {
        this.files = files;
    }

    void mount(Calls calls) {
        calls.get("/", ctx -> send(ctx, files.index(), ASK_FIRST));
        calls.get("/assets/:version/:file", ctx -> asset(ctx, ctx.pathParam("file")));
        calls.get("/assets/:version/lib/:file", ctx -> asset(ctx, "lib/" + ctx.pathParam("file")));
    }

    private void asset(RoutingContext ctx, String name) {
        PageFile file = files.file(name);
        if (file == null) {
            ctx.fail(HttpFault.notFound("the page has no file " + Nearest.quoted(name)));
            return;
        }
        // a page that was open while the appliance was replaced asks by the old version
        boolean current = files.version().equals(ctx.pathParam("version"));
        send(ctx, file, current ? FOR_GOOD : ASK_FIRST);
    }

    private static void send(RoutingContext ctx, PageFile file, String caching) {
        HttpServerRequest request = ctx.request();
        boolean small = accepts(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
        String tag = '"' + file.tag() + (small ? "-gzip\"" : "\"");
        HttpServerResponse response = ctx.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, caching)
                .putHeader(HttpHeaders.ETAG, tag)
                .putHeader(HttpHeaders.VARY, "Accept-Encoding");
        String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (known != null && (known.contains(tag) || known.strip().equals("*"))) {
            response.setStatusCode(304).end();
            return;
        }
        if (small) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        Answers.write(ctx, 200, file.type(), small ? file.small() : file.plain());
    }

    private static boolean accepts(String encodings) {
        return encodings != null
                && encodings.matches("(?i)(.*[,\\s])?gzip\\s*(;\\s*q=(?!0(\\.0*)?\\s*(,|$))[0-9.]+\\s*)?(,.*)?");
    }
}
