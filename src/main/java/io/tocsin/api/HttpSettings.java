package io.tocsin.api;

/**
 * Section {@code http}.
 *
 * @param host the address to bind, default {@code 127.0.0.1}
 * @param port the port, default 8626; 0 for any free one
 * @param allowAnonymous whether an address other than loopback may be bound without accounts
 */
public record HttpSettings(String host, int port, boolean allowAnonymous) {}
