package io.tocsin.store;

import org.junit.jupiter.api.Nested;

class MemoryStoreTest {
    @Nested
    class AsStore extends StoreContract {
        @Override
        Store open() {
            return new MemoryStore();
        }
    }

    @Nested
    class AsOutbox extends OutboxContract {
        @Override
        Store open() {
            return new MemoryStore();
        }
    }
}
