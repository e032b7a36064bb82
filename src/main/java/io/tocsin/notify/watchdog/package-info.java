/**
 * A dead man's switch: tells somebody outside, again and again, that the appliance works from end to end. Imports model,
 * bus and notify's poster only; whether it is this member's turn is handed in.
 */
package io.tocsin.notify.watchdog;
