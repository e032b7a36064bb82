/** Holds the container files to the project: there is no Docker in a build, so what they name is looked up one by one. */
package io.tocsin.docker;
