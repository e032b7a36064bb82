/**
 * Any JSON as a tree that opens and closes. What is shut is not drawn, so a large one costs nothing.
 * @module
 */
import { html, nothing } from './lib.js';
import { paint } from './frame.js';
import { bytes, count } from './words.js';

const MOST = 200;
/** Which branches somebody opened or shut, by place. */
const turned = new Map();

function branch(value) {
  return value !== null && typeof value === 'object' && Object.keys(value).length > 0;
}

function size(value) {
  return Array.isArray(value) ? count(value.length, 'entry', 'entries') : count(Object.keys(value).length, 'field');
}

const SIZES = /bytes|memory|heap|rss|size|used|total|max|direct|free/i;

function leaf(value, name) {
  if (value === null) return html`<span class="tree-none">none</span>`;
  if (typeof value === 'object') return html`<span class="tree-none">empty</span>`;
  if (typeof value !== 'number') return html`<span class="tree-${typeof value}">${String(value)}</span>`;
  const large = value >= 1_048_576 && SIZES.test(name);
  return html`<span class="tree-number">${value.toLocaleString('en-GB', { maximumFractionDigits: 6 })}</span>${
    large ? html` <span class="tree-none">${bytes(value)}</span>` : nothing}`;
}

/**
 * The tree of a value.
 * @param {any} value
 * @param {string} place names it on this page
 * @param {number} open how many levels are open at first
 */
export function tree(value, place, open = 2) {
  if (!branch(value)) return html`<p class="tree">${leaf(value, place)}</p>`;
  return html`<ul class="tree">${entries(value, place, open)}</ul>`;
}

function entries(value, place, open) {
  const all = Object.entries(value);
  return html`${all.slice(0, MOST).map(([name, one]) => entry(name, one, `${place}/${name}`, open))}
    ${all.length > MOST ? html`<li class="tree-none">and ${count(all.length - MOST, 'more', 'more')}</li>` : nothing}`;
}

function entry(name, value, place, open) {
  if (!branch(value)) return html`<li><span class="tree-name">${name}</span>${leaf(value, name)}</li>`;
  const isOpen = turned.get(place) ?? open > 0;
  const turn = () => {
    turned.set(place, !isOpen);
    paint();
  };
  return html`<li><button class="tree-turn" aria-expanded=${isOpen} @click=${turn}><span class="tree-name">${name}</span><span class="tree-none">${size(value)}</span></button>
    ${isOpen ? html`<ul>${entries(value, place, open - 1)}</ul>` : nothing}</li>`;
}
