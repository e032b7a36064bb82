/** Takes telemetry by the event bus, from any Vert.x application of the cluster. Imports collect, model and bus only. */
package io.tocsin.collect.bus;
