/** The receiver {@code pagerduty}: Events API v2. Imports what {@code notify} may. */
package io.tocsin.notify.pagerduty;
