/** Acceptance tests: the jar runs in processes of its own, and everything is seen and done as users do it. May import the fakes, never the product. */
package io.tocsin.it;
