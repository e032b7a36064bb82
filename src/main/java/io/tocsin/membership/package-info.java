/**
 * Joins this process with others: starts Vert.x, alone or clustered by Hazelcast, and knows who listens. The only
 * Hazelcast import; imports model and bus only.
 */
package io.tocsin.membership;
