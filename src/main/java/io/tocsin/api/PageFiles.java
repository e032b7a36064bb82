package io.tocsin.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page as it lies in the jar. {@code index.html} names every file; exactly those are served, under a version that
 * changes whenever one of them does, so that a browser may keep them for good.
 */
final class PageFiles {
    /** The libraries, by the names under which the page asks for them; they come as WebJars. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "lib/lit-html.js", "lit-html/3.3.2/lit-html.js",
            "lib/uPlot.iife.min.js", "uplot/1.6.30/dist/uPlot.iife.min.js",
            "lib/uPlot.min.css", "uplot/1.6.30/dist/uPlot.min.css");

    private static final Pattern NAMED = Pattern.compile("/assets/\\{version}/([A-Za-z0-9./-]+)");

    private final Map<String, PageFile> files;
    private final PageFile index;
    private final String version;

    private PageFiles(Map<String, PageFile> files, PageFile index, String version) {
        this.files = files;
        this.index = index;
        this.version = version;
    }

    /** Reads and compresses them all; takes a moment. */
    static PageFiles read() {
        String html = new String(resource("/io/tocsin/page/index.html"), StandardCharsets.UTF_8);
        Map<String, PageFile> files = new LinkedHashMap<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Matcher named = NAMED.matcher(html);
        while (named.find()) {
            String name = named.group(1);
            files.computeIfAbsent(name, any -> {
                byte[] content = resource(place(name));
                all.writeBytes(content);
                return PageFile.of(name, content);
            });
        }
        String version = PageFile.digest(all.toByteArray());
        byte[] page = html.replace("{version}", version).getBytes(StandardCharsets.UTF_8);
        return new PageFiles(files, PageFile.of("index.html", page), version);
    }

    /** What is at {@code /}. */
    PageFile index() {
        return index;
    }

    /** A file by its name, such as {@code app.js} or {@code lib/lit-html.js}; null if there is none. */
    PageFile file(String name) {
        return files.get(name);
    }

    /** All but the index, by name. */
    Map<String, PageFile> files() {
        return files;
    }

    /** Names what is in all of them. */
    String version() {
        return version;
    }

    private static String place(String name) {
        String library = LIBRARIES.get(name);
        return library == null ? "/io/tocsin/page/" + name : "/META-INF/resources/webjars/" + library;
    }

    private static byte[] resource(String place) {
        try (InputStream in = PageFiles.class.getResourceAsStream(place)) {
            if (in == null) {
                throw new IllegalStateException("the page names " + place + ", which is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(place + " cannot be read from the jar", e);
        }
    }
}
