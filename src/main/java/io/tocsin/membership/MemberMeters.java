package io.tocsin.membership;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The members in figures: {@code tocsin_members{state}}, {@code tocsin_members_foreign}, {@code tocsin_members_away{state}},
 * {@code tocsin_members_differ{reason}}, {@code tocsin_members_clock_skew_seconds} (the worst), {@code tocsin_members_minority}.
 */
final class MemberMeters {
    private MemberMeters() {}

    static void register(MeterRegistry registry, Supplier<Roster.View> view, Ownership ownership) {
        for (MemberState state : MemberState.values()) {
            boolean present = state.announced();
            gauge(
                            present ? "tocsin_members" : "tocsin_members_away",
                            () -> (present ? view.get().ours() : view.get().away())
                                    .stream()
                                            .filter(one -> one.state() == state)
                                            .count())
                    .tag("state", state.wire())
                    .register(registry);
        }
        for (Difference what : Difference.values()) {
            gauge(
                            "tocsin_members_differ",
                            () -> view.get().ours().stream()
                                    .filter(one -> one.differs().contains(what))
                                    .count())
                    .tag("reason", what.wire())
                    .register(registry);
        }
        FunctionCounter.builder("tocsin_hazelcast_log_lines_counted_total", view, any -> HazelcastLog.counted())
                .description("Warnings of Hazelcast's that came again and were not told")
                .register(registry);
        gauge("tocsin_members_foreign", () -> view.get().foreign().size()).register(registry);
        gauge("tocsin_members_clock_skew_seconds", () -> worst(view.get())).register(registry);
        gauge("tocsin_members_minority", () -> ownership.minority() ? 1 : 0).register(registry);
    }

    private static Gauge.Builder<Supplier<Number>> gauge(String name, Supplier<Number> value) {
        return Gauge.builder(name, value);
    }

    private static double worst(Roster.View view) {
        return view.ours().stream()
                        .map(SeenMember::skew)
                        .filter(Objects::nonNull)
                        .map(Duration::abs)
                        .mapToLong(Duration::toMillis)
                        .max()
                        .orElse(0)
                / 1000.0;
    }
}
