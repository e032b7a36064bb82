/**
 * The command line, one class per command. Starts nothing itself: the root hands in what does, and what talks to a running
 * member uses the JDK's HTTP client alone, so that an answer is there at once.
 */
package io.tocsin.cli;
