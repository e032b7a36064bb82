package io.tocsin.cli.replay;

import io.tocsin.lane.record.Entry;
import io.tocsin.lane.record.Preamble;
import java.util.List;

/**
 * Some entries in order.
 *
 * @param setup what watches need to know that are opened from now on; null if it is what it was
 * @param breaks whether what came before was broken off: no watch of it goes on
 * @param entries the entries
 */
record Chunk(Preamble setup, boolean breaks, List<Entry> entries) {}
