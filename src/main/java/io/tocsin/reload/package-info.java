/**
 * Brings changed rules in: notices that their files are others, has them compiled, checked and proved aside, and hands
 * them to every lane or to none. Imports model, bus, evaluate and store; never lane, alert, collect, notify or api.
 */
package io.tocsin.reload;
