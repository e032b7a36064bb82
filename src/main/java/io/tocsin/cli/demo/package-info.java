/** An hour of a store cluster that never was, told in messages. Pure: it knows neither the time nor whom it is told to. */
package io.tocsin.cli.demo;
