/** Takes telemetry by HTTP, on a router that somebody else serves. Imports collect, model and bus only. */
package io.tocsin.collect.http;
