/** Checks rule files for {@code tocsin check}. */
package io.tocsin.cli.rules;
