/** Who may do what: accounts in files, sessions, rates, and the record of what was done. Imports model, bus and the store's record of actions only. */
package io.tocsin.api.access;
