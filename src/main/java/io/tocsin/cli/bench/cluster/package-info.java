/**
 * Measures three members on one machine: {@code tocsin bench cluster}. Sees them as a user does, by their processes, their
 * HTTP and what a receiver is told; imports nothing of what it measures.
 */
package io.tocsin.cli.bench.cluster;
