/**
 * Joins this process with others: starts Vert.x, alone or clustered by Hazelcast, knows who is there, what is whose and who
 * listens, and reports the members as nodes of the cluster {@code tocsin}. The only Hazelcast import; imports model and bus
 * only.
 */
package io.tocsin.membership;
