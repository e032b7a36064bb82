/** Asks questions (HTTP, TCP, DNS, a command) again and again and tells how each ended. Imports collect, model and bus only. */
package io.tocsin.collect.probe;
