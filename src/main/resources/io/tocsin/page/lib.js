/**
 * The libraries, in one place: lit-html makes templates whose values are always text, uPlot draws charts. Both come from
 * the appliance itself.
 * @module
 */
export { html, svg, render, nothing } from './lib/lit-html.js';
