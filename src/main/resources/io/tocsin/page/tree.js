/**
 * Any JSON as a tree that opens and closes. What is shut is not drawn, so a large one costs nothing.
 * @module
 */
import { html, nothing } from './lib.js';
import { paint } from './frame.js';
import { bytes, count, plain, span } from './words.js';

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
/** Numbers that are names. */
const NAMES = /(^|_)(pid|id|port|line)$/i;
const SPANS = /_ms$/i;
const MOST_IN_A_LINE = 4;
const LONGEST_IN_A_LINE = 60;
/** A branch with more is shut at first. */
const MOST_OPEN = 12;
/** What stands above the tree already. */
const HEAD = new Set(['type', 'cluster', 'node', 'timestamp', 'component', 'snapshot_type', 'trace_type', 'analysis_type']);

function leaf(value, name) {
  if (value === null) return html`<span class="tree-none">none</span>`;
  if (typeof value === 'object') return html`<span class="tree-none">empty</span>`;
  if (typeof value !== 'number') return html`<span class="tree-${typeof value}">${String(value)}</span>`;
  if (NAMES.test(name)) return html`<span class="tree-number">${value}</span>`;
  const exact = value.toLocaleString('en-GB', { maximumFractionDigits: 6 });
  const said = value >= 1_048_576 && SIZES.test(name) ? bytes(value) : value >= 10_000 && SPANS.test(name) ? span(value) : null;
  return html`<span class="tree-number">${said ?? exact}</span>${said ? html` <span class="tree-none">${exact}</span>` : nothing}`;
}

/** What is short enough for one line, as one line; null for all else. */
function inLine(value) {
  const all = Object.entries(value);
  const short = all.length <= MOST_IN_A_LINE
    && all.every(([, one]) => !branch(one)) && all.join('').length <= LONGEST_IN_A_LINE;
  return short ? html`<span class="tree-line">${all.map(([name, one]) => html`<span>${
    Array.isArray(value) ? nothing : html`<span class="tree-name">${plain(name)}</span>`}${leaf(one, name)}</span>`)}</span>` : null;
}

/** The tree of something captured, without what stands above it. */
export function captured(one, place, open) {
  const label = (one.document.labels ?? {});
  const labels = Object.entries(label).filter(([name]) => name !== 'alert_id');
  const rest = Object.entries(one.document).filter(([name]) => !HEAD.has(name) && name !== 'labels');
  // what is only wrapped is unwrapped
  const body = rest.length === 1 && branch(rest[0][1]) ? rest[0][1] : Object.fromEntries(rest);
  return tree(labels.length ? { ...body, labels: Object.fromEntries(labels) } : body, place, open);
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
  const line = inLine(value);
  if (line) return html`<li><span class="tree-name">${name}</span>${line}</li>`;
  const isOpen = turned.get(place) ?? (open > 0 && Object.keys(value).length <= MOST_OPEN);
  const turn = () => {
    turned.set(place, !isOpen);
    paint();
  };
  return html`<li><button class="tree-turn" aria-expanded=${isOpen} @click=${turn}><span class="tree-name">${name}</span><span class="tree-none">${size(value)}</span></button>
    ${isOpen ? html`<ul>${entries(value, place, open - 1)}</ul>` : nothing}</li>`;
}
