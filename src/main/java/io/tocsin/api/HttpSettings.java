package io.tocsin.api;

import io.tocsin.api.access.AccountsSettings;

/**
 * Sections {@code http} and {@code accounts}.
 *
 * @param host the address to bind, default {@code 127.0.0.1}
 * @param port the port, default 8626; 0 for any free one
 * @param allowAnonymous whether an address other than loopback may be bound without accounts
 * @param intakeLimit requests with telemetry that one client may send a second; 0 for any number
 * @param tls the certificate; null for plain HTTP
 * @param accounts who may ask
 */
public record HttpSettings(
        String host, int port, boolean allowAnonymous, int intakeLimit, TlsSettings tls, AccountsSettings accounts) {
    /** What one client may send a second where others than this host reach the API. */
    public static final int INTAKE_LIMIT = 200;

    /** Without accounts, limits and TLS. */
    public HttpSettings(String host, int port, boolean allowAnonymous) {
        this(host, port, allowAnonymous, 0, null, AccountsSettings.NONE);
    }
}
