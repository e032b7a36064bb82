/**
 * Recordings: what arrived at each lane, when its batches were cut and when it ticked, written so that a replay is exact.
 * Knows the format and the files; must not use watches, sessions or rules.
 */
package io.tocsin.lane.record;
