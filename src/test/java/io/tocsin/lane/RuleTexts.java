package io.tocsin.lane;

/** Rules that many tests begin with. */
final class RuleTexts {
    static final String MEMORY_IS_HIGH = """
            rule "memory is high"
            when
                $u : ResourceUsage(resourceType == ResourceType.MEMORY, usagePercent > 85)
            then
                insertLogical(Finding.of("memory_usage", $u).warning("high"));
            end
            """;
    static final String LOG_HEARS_ALL = """
            rule "log hears all"
            when
                $a : Alert(state != AlertState.PENDING)
            then
                insertLogical(new Route($a.id(), "log"));
            end
            """;

    private RuleTexts() {}
}
