package io.tocsin.store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SqlStoreTest {
    @TempDir
    Path data;

    private Store sqlite() {
        return SqlStore.open(
                new StoreSettings("sqlite:" + data.resolve("tocsin.db"), data),
                new FakeCodec(),
                new SimpleMeterRegistry(),
                Clock.fixed(Given.T0, ZoneOffset.UTC));
    }

    @Nested
    class AsStore extends StoreContract {
        @Override
        Store open() {
            return sqlite();
        }
    }

    @Nested
    class AsOutbox extends OutboxContract {
        @Override
        Store open() {
            return sqlite();
        }
    }
}
