/** Measures the product: {@code tocsin bench}. */
package io.tocsin.cli.bench;
