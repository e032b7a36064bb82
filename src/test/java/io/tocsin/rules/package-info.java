/** Tests of the shipped rules as texts and in a bare Drools session; the scenarios beside the rules test what people see. */
package io.tocsin.rules;
