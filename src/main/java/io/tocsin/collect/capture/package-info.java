/** Takes a snapshot of this member when an alert fires as critical, and asks others for theirs. Imports model and bus only. */
package io.tocsin.collect.capture;
