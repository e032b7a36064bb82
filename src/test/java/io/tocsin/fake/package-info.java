/** Small servers on port 0 that stand in for Slack and PagerDuty: they check the contract, record, and can play faults. */
package io.tocsin.fake;
