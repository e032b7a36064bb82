/** Where messages go and how they look on the way: {@link io.tocsin.bus.Address}, JSON and codecs. Imports model, Vert.x and Jackson only. */
package io.tocsin.bus;
