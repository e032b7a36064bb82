/**
 * The first view: what burns, in which cluster, since when, and what can be done about it.
 * @module
 */
import { html, nothing } from './lib.js';
import { acknowledge, resolve } from './acts.js';
import { paint } from './frame.js';
import './list.js';
import { live } from './live.js';
import { mark, sign, tone } from './marks.js';
import { grouped, pick, tally, wish } from './pick.js';
import { address, ask, route } from './route.js';
import { row } from './row.js';
import { strip } from './strip.js';
import { capital, count, plain } from './words.js';

const NARROW = matchMedia('(max-width: 760px)');
const HEIGHTS = { wide: { row: 72, heading: 44 }, narrow: { row: 148, heading: 44 } };
const HOLD_MS = 4_000;

let shown = { key: '', order: [], items: [], waiting: 0 };
let held = 0;

/** While somebody points at the list or moves through it, nothing in it changes its place. */
function hold() {
  held = Date.now() + HOLD_MS;
}

function letGo() {
  held = 0;
  shown.key = '';
  paint();
}

/** The items of the list for what the address asks; sorted anew only if something changed. */
function items() {
  const wanted = wish(route.query);
  const filter = JSON.stringify([wanted, NARROW.matches]);
  const still = held > Date.now() && shown.filter === filter && live.whole;
  const key = `${filter} ${live.version} ${still}`;
  if (key !== shown.key) {
    const found = pick(live.alerts.values(), wanted);
    const alerts = still ? inPlace(found, shown.order) : found;
    shown = {
      key, filter, order: alerts.map((alert) => alert.id), found: found.length,
      waiting: found.length - alerts.filter((alert) => live.alerts.has(alert.id)).length,
      items: laidOut(grouped(alerts, wanted.group)),
    };
  }
  return shown;
}

/** The alerts in the order they had; what ended meanwhile stays where it was, what is new waits. */
function inPlace(found, order) {
  return order.map((id) => live.alerts.get(id) ?? live.ended.get(id)).filter(Boolean);
}

function laidOut(groups) {
  const size = NARROW.matches ? HEIGHTS.narrow : HEIGHTS.wide;
  return groups.flatMap((group) => [
    ...(group.name === null ? [] : [{
      key: `group ${group.name}`, height: size.heading, heading: true, row: () => heading(group),
    }]),
    ...group.alerts.map((alert) => ({
      key: alert.id,
      height: size.row,
      row: () => row(live.alerts.get(alert.id) ?? live.ended.get(alert.id) ?? alert),
    })),
  ]);
}

function heading(group) {
  const counts = tally(group.alerts);
  const parts = ['critical', 'warning', 'info'].filter((word) => counts[word]);
  return html`<h3 class="group">${group.name || 'whole cluster'}
    <span class="small">${parts.map((word) => html`${sign(word, `${counts[word]} ${word}`)}`)}</span></h3>`;
}

/** The great figures: how many of each severity; pressing one filters. */
function figures(counts, wanted) {
  const toggle = (word) => {
    const without = wanted.severities.filter((one) => one !== word);
    ask({ severity: (without.length === wanted.severities.length ? [...without, word] : without).join(',') });
  };
  return html`<div class="figures" role="group" aria-label="Open alerts by severity">
    ${['critical', 'warning', 'info'].map((word) => html`
      <button class="figure ${counts[word] ? tone(word) : 'none'}" aria-pressed=${wanted.severities.includes(word)}
        @click=${() => toggle(word)}>
        <b>${live.some ? counts[word].toLocaleString('en-GB') : '–'}</b>
        <span><span class="sign">${mark(word)}<span>${capital(word)}</span></span><span class="small">${answered(counts, word)}</span></span>
      </button>`)}
    <p class="aside">${live.some ? html`<span>${count(counts.firing, 'waits', 'wait')} for an answer</span>
      <span>${counts.acknowledged.toLocaleString('en-GB')} acknowledged</span>
      ${live.tally ? html`<span>${live.tally.resolved_today.toLocaleString('en-GB')} resolved today</span>` : nothing}` : nothing}</p>
  </div>`;
}

function answered(counts, word) {
  const waits = counts[`${word} firing`];
  return counts[word] && live.some ? (waits ? `${waits.toLocaleString('en-GB')} unanswered` : 'all answered') : 'none open';
}

function choice(name, label, options, value) {
  return html`<label class="choice"><span>${label}</span>
    <select name=${name} @change=${(event) => ask({ [name]: event.target.value })}>
      ${options.map(([word, said]) => html`<option value=${word} ?selected=${word === value}>${said}</option>`)}
    </select></label>`;
}

function toolbar(wanted, counts) {
  return html`<form class="toolbar" role="search" @submit=${(event) => event.preventDefault()}>
    <label class="search"><span class="hidden">Search alerts</span>
      <input id="search" type="search" .value=${wanted.search} autocomplete="off" spellcheck="false"
        placeholder="Search, or node:n3 type:memory" @input=${(event) => ask({ q: event.target.value })}>
      <kbd aria-hidden="true">/</kbd></label>
    ${choice('state', 'Show', [['', 'open'], ['firing', 'firing'], ['acknowledged', 'acknowledged'],
    ['pending', `held back${counts.pending ? ` (${counts.pending})` : ''}`]], wanted.state)}
    ${choice('group', 'Group by', [['', 'nothing'], ['cluster', 'cluster'], ['node', 'node'], ['type', 'type']], wanted.group)}
  </form>`;
}

function nothingThere(wanted) {
  if (!live.some) {
    return live.trouble
      ? html`<div class="empty"><h3>Nothing can be shown</h3><p>${capital(live.trouble)}. It is tried again by itself.</p></div>`
      : html`<div class="empty waiting" aria-busy="true"><p>Loading …</p></div>`;
  }
  if (wanted.search || wanted.severities.length || wanted.state) {
    return html`<div class="empty"><h3>No alert is like this</h3>
      <p>${count(live.alerts.size, 'alert is', 'alerts are')} open. <a href=${address('now')}>Show all</a></p></div>`;
  }
  return html`<div class="empty good">${mark('healthy')}<h3>All quiet</h3><p>No alert is open.</p></div>`;
}

/** The view. */
export function view() {
  const wanted = wish(route.query);
  const counts = tally(live.alerts.values());
  const list = items();
  return html`
    <h1 class="hidden">What is wrong now</h1>
    ${figures(counts, wanted)}
    ${strip()}
    <section class="panel list" aria-labelledby="list-title">
      <div class="list-head"><h2 id="list-title">${wanted.state ? capital(wanted.state === 'pending' ? 'held back' : wanted.state) : 'Open'} alerts
        <span class="count" role="status">${live.some ? list.found.toLocaleString('en-GB') : ''}</span></h2>
        ${toolbar(wanted, counts)}</div>
      <toc-list class="alerts" aria-label="Alerts" .items=${list.items}
        @pointermove=${hold} @pointerleave=${left} @focusin=${hold}></toc-list>
      ${list.items.length ? nothing : nothingThere(wanted)}
    </section>
    ${list.waiting > 0 ? html`<button class="newcomers" @click=${letGo} @pointerleave=${left}>${count(list.waiting, 'new alert')}: show</button>` : nothing}`;
}

/** The way to the button that shows what is new is no way out: it would be gone when the pointer is there. */
function left(event) {
  if (held && !event.relatedTarget?.closest?.('.newcomers, toc-list')) letGo();
}

/** What keys do here. */
export const keys = {
  j: () => step(1),
  k: () => step(-1),
  a: () => withFocused(acknowledge),
  r: () => withFocused(resolve),
};

function rows() {
  return document.querySelector('toc-list');
}

function step(by) {
  hold();
  rows().move(by);
}

function withFocused(act) {
  const alert = live.alerts.get(rows().focusedKey);
  if (alert) {
    hold();
    act(alert);
  }
}

/** The title of the window. */
export function title() {
  const counts = tally(live.alerts.values());
  const worst = ['critical', 'warning', 'info'].find((word) => counts[word]);
  return worst ? `${counts[worst]} ${plain(worst)}` : 'All quiet';
}
NARROW.addEventListener('change', paint);
