package io.tocsin.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Answers what no call takes: 405 with the methods that the path has, or 404 with the paths that there are. */
final class Elsewhere {
    private final List<Route> routes;

    /** Among these. */
    Elsewhere(List<Route> routes) {
        this.routes = routes;
    }

    void answer(RoutingContext ctx) {
        String path = ctx.normalizedPath();
        Set<String> methods = new TreeSet<>();
        Set<String> paths = new TreeSet<>();
        for (Route route : routes) {
            if (route.getPath() != null) {
                paths.add(shown(route));
                if (matches(shown(route), path)) {
                    route.methods().stream().map(HttpMethod::name).forEach(methods::add);
                }
            }
        }
        if (methods.isEmpty()) {
            ctx.fail(HttpFault.notFound("there is no " + Nearest.quoted(path) + Nearest.hint(path, paths)));
            return;
        }
        String allowed = methods.stream().collect(Collectors.joining(", "));
        ctx.response().putHeader("Allow", allowed);
        ctx.fail(new HttpFault(
                405,
                Nearest.quoted(path) + " takes no " + ctx.request().method().name() + "; allowed: " + allowed));
    }

    /** {@code /api/v1/alerts/{id}}. */
    static String shown(Route route) {
        return path(route).replaceAll(":([A-Za-z0-9_]+)", "{$1}");
    }

    /** As it was put on the router. */
    static String path(Route route) {
        return route.getPath() + (route.isExactPath() ? "" : "*");
    }

    private static boolean matches(String shown, String path) {
        String[] want = shown.split("/");
        String[] have = path.split("/");
        if (want.length != have.length) {
            return false;
        }
        for (int i = 0; i < want.length; i++) {
            if (!want[i].startsWith("{") && !want[i].equals(have[i])) {
                return false;
            }
        }
        return true;
    }
}
