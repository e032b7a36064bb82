/** The receiver {@code slack}: an incoming webhook. Imports what {@code notify} may. */
package io.tocsin.notify.slack;
