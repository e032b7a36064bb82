/** The nouns: immutable records, enums and sealed types that everything else speaks. No I/O, no clock, nothing but the JDK. */
package io.tocsin.model;
