/**
 * Traces, analyses and snapshots: a list, and the one that is chosen as a tree.
 * @module
 */
import { html, nothing } from './lib.js';
import { known } from './cache.js';
import { now } from './frame.js';
import { live } from './live.js';
import { address, ask, go, route } from './route.js';
import { tree } from './tree.js';
import { capital, clock, plain, span } from './words.js';

const REFRESH_MS = 15_000;
const TYPES = [['', 'all'], ['debug_trace', 'traces'], ['performance_analysis', 'analyses'], ['system_state', 'snapshots']];

function choice(name, label, options, value) {
  return html`<label class="choice"><span>${label}</span><select name=${name} @change=${(event) => ask({ [name]: event.target.value })}>
    ${options.map(([word, said]) => html`<option value=${word} ?selected=${word === value}>${said}</option>`)}</select></label>`;
}

function wanted() {
  const query = new URLSearchParams({ limit: 100 });
  for (const name of ['cluster', 'type', 'node']) {
    if (route.query.get(name)) query.set(name, route.query.get(name));
  }
  return known(`/api/v1/diagnostics?${query}`, REFRESH_MS);
}

/** The view. */
export function view() {
  const answer = wanted();
  const list = answer.data?.diagnostics ?? [];
  const chosen = list.find((one) => one.id === route.id) ?? (route.id ? single() : list[0]);
  const clusters = [['', 'all'], ...[...live.clusters.keys()].sort().map((name) => [name, name])];
  return html`<div class="title-line"><h1>Diagnostics</h1><span class="choices push">
      ${choice('type', 'Show', TYPES, route.query.get('type') ?? '')}${choice('cluster', 'Cluster', clusters, route.query.get('cluster') ?? '')}</span></div>
    ${list.length || chosen ? html`<div class="columns narrow-first">
      <nav class="panel picks" aria-label="What was captured">${list.map((one) => pick(one, chosen))}</nav>
      ${chosen ? whole(chosen) : nothing}</div>` : html`<div class="panel empty"><h3>${answer.data ? 'Nothing was captured' : answer.error ? 'It cannot be shown' : 'Loading …'}</h3>
      <p>${answer.data ? 'Traces, analyses and snapshots that are sent appear here, and a snapshot of each critical alert.'
    : answer.error?.status === 404 ? 'This appliance does not offer it.' : answer.error ? capital(answer.error.message) : ''}</p></div>`}`;
}

function single() {
  return known(`/api/v1/diagnostics/${encodeURIComponent(route.id)}`, REFRESH_MS).data;
}

function about(one) {
  const what = one.document ?? {};
  return [what.component, what.trace_type ?? what.analysis_type ?? what.snapshot_type].filter(Boolean).map(plain).join(' · ');
}

function pick(one, chosen) {
  const query = Object.fromEntries(route.query);
  return html`<a class="pick" href=${address('diagnostics', one.id, query)} aria-current=${one.id === chosen?.id ? 'true' : nothing}>
    <b>${capital(plain(one.type))}</b><time class="small" datetime=${one.at} title=${clock(one.at, now())}>${span(now() - Date.parse(one.at))} ago</time>
    <span class="small">${about(one)}</span><span class="small end">${one.node ?? one.cluster}</span></a>`;
}

function whole(one) {
  const alert = one.document?.labels?.alert_id;
  return html`<section class="panel pad" aria-labelledby="shown-title"><h2 id="shown-title">${capital(plain(one.type))}</h2>
    <dl class="facts-line flat"><div><dt>When</dt><dd>${clock(one.at, now())}</dd></div><div><dt>Where</dt><dd>${one.node ? `${one.node}, ` : ''}${one.cluster}</dd></div>
      ${about(one) ? html`<div><dt>What</dt><dd>${about(one)}</dd></div>` : nothing}
      ${alert ? html`<div><dt>Captured with</dt><dd><a href=${address('alert', alert)}>this alert</a></dd></div>` : nothing}</dl>
    ${tree(one.document, `diagnostics ${one.id}`, 3)}</section>`;
}

function step(by) {
  const list = wanted().data?.diagnostics ?? [];
  const at = list.findIndex((one) => one.id === route.id);
  const next = list[Math.max(0, Math.min(list.length - 1, (at < 0 ? 0 : at) + by))];
  if (next) go('diagnostics', next.id, Object.fromEntries(route.query));
}

/** What keys do here. */
export const keys = { j: () => step(1), k: () => step(-1) };

/** The title of the window. */
export function title() {
  return 'Diagnostics';
}
