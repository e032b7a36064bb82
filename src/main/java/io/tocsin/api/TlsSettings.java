package io.tocsin.api;

import java.nio.file.Path;

/**
 * Section {@code http.tls}.
 *
 * @param cert PEM, the server's certificate first, then those that lead to one that clients trust
 * @param key PEM, its private key, without a password
 */
public record TlsSettings(Path cert, Path key) {}
