/** Where everything meets: {@link io.tocsin.Main} and {@link io.tocsin.Appliance}, which wires the capabilities. Nothing imports it. */
package io.tocsin;
