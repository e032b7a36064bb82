/** Answers over HTTP what is going on and takes commands. Imports model, bus and the store's read interface only. */
package io.tocsin.api;
