/** The life of an alert as pure functions: {@link io.tocsin.alert.Lifecycle}, {@link io.tocsin.alert.Announcements}. No clock, no I/O; imports model only. */
package io.tocsin.alert;
