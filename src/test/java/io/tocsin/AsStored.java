package io.tocsin;

import io.tocsin.store.Codec;

/** What the appliance gives its store, for tests of other packages. */
public final class AsStored {
    private AsStored() {}

    /** The JSON that is stored. */
    public static Codec json() {
        return new StoreJson();
    }
}
