/** Keeps what must not be lost: alerts, transitions, notifications, sources, diagnostics, owners. The only SQL; imports model only. */
package io.tocsin.store;
