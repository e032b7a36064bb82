/** Plays what was recorded, or somebody's own past, through one rule set or two, and says what differs; must not use a store on disk or a bus. */
package io.tocsin.cli.replay;
