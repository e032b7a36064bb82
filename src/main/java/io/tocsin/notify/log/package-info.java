/** The receiver {@code log} and how log lines look: coloured for people, JSON for machines. Imports what {@code notify} may. */
package io.tocsin.notify.log;
