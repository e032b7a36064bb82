/** Runs rules over facts: {@link io.tocsin.evaluate.RuleBook} loads and checks them, {@link io.tocsin.evaluate.RuleSession} evaluates. The only Drools import; imports model only. */
package io.tocsin.evaluate;
