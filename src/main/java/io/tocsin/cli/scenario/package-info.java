/** Runs scenario files: telemetry on a time line in, alerts, notifications and escalations compared with what is expected. Virtual time, all rules, the store in memory. */
package io.tocsin.cli.scenario;
