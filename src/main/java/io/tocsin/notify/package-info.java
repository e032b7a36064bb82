/**
 * Tells receivers what happened to alerts: takes it from the outbox, keeps order and rate, tries again, gives up with a
 * reason. One sub-package per kind of receiver. Imports model, bus and the store's outbox interface only.
 */
package io.tocsin.notify;
