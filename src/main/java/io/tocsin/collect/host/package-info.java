/** Watches this host's processor, memory, file systems and network. The only OSHI import. Imports collect, model and bus only. */
package io.tocsin.collect.host;
