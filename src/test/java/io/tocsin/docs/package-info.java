/** Holds what the documentation shows to what there is. */
package io.tocsin.docs;
