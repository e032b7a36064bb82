package io.tocsin.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Hands immutable values of one class over by reference inside this process; refuses to put them on the wire. */
public final class LocalCodec<T> implements MessageCodec<T, T> {
    private final Class<T> type;

    /** For values of this class, to be registered as its default codec. */
    public LocalCodec(Class<T> type) {
        this.type = type;
    }

    @Override
    public void encodeToWire(Buffer buffer, T value) {
        throw new UnsupportedOperationException(type.getSimpleName() + " is local to one process");
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException(type.getSimpleName() + " is local to one process");
    }

    @Override
    public T transform(T value) {
        return value;
    }

    @Override
    public String name() {
        return "local." + type.getSimpleName();
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
