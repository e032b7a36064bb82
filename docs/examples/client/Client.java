import io.tocsin.bus.Address;
import io.tocsin.bus.AlertJson;
import io.tocsin.bus.TelemetryJson;
import io.tocsin.model.Alert;
import io.tocsin.model.Head;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/** Writes a reading, and reads the alert that is handed to it. */
public final class Client {
    private Client() {}

    /** Takes the document of an alert. */
    public static void main(String[] args) {
        Head head = Head.of("main", "web-1", Instant.parse("2026-01-05T03:00:00Z"), Duration.ofSeconds(30));
        ResourceUsage memory = new ResourceUsage(head, ResourceType.MEMORY, 97, null, null);
        System.out.println(Address.TELEMETRY + " " + TelemetryJson.encode(memory).encode());

        Alert alert = AlertJson.decode(new JsonObject(args[0]));
        System.out.println(alert.severity() + " " + alert.key() + " " + alert.state() + ": " + alert.message());
    }

    static void listen(Vertx vertx) {
        vertx.eventBus().<JsonObject>consumer(Address.ALERTS, message -> {
            Alert alert = AlertJson.decode(message.body());
            System.out.println(alert.severity() + " for " + Duration.between(alert.since(), alert.updatedAt()));
        });
    }
}
