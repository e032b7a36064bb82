/**
 * Turns a YAML file, the environment and {@code --set} into the settings records of the capabilities, and collects every
 * problem on the way. It imports settings records only, never what they configure.
 */
package io.tocsin.config;
