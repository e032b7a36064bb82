/**
 * Turns sources into telemetry: one sub-package per kind of source, each source a verticle of its own that knows neither
 * its neighbours nor the cluster. Imports model and bus; never evaluate, alert, store, notify or api.
 */
package io.tocsin.collect;
