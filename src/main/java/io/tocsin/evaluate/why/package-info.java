/**
 * Says of one rule and some facts which of its constraints hold, which do not and by how much; with the predicates that the
 * engine itself was given. May not import anything of ours but the model.
 */
package io.tocsin.evaluate.why;
