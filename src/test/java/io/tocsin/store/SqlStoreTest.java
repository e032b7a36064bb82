package io.tocsin.store;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SqlStoreTest {
    @Parameter
    Backing backing;

    @TempDir
    Path data;

    @Nested
    class AsStore extends StoreContract {
        @Override
        Store open() {
            return backing.open(data);
        }
    }

    @Nested
    class AsOutbox extends OutboxContract {
        @Override
        Store open() {
            return backing.open(data);
        }
    }
}
