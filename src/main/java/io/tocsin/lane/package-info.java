/** One thread that owns sessions: batch in, session, lifecycle, commit, out. The only place where evaluate, alert and store meet. */
package io.tocsin.lane;
