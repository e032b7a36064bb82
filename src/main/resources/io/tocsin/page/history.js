/**
 * What was: alerts that are over, how long answers took, which rules are the noisiest, who was told.
 * @module
 */
import { html, nothing } from './lib.js';
import { get } from './api.js';
import { known } from './cache.js';
import { now, paint } from './frame.js';
import { sign } from './marks.js';
import { began } from './pick.js';
import { address, ask, route } from './route.js';
import { capital, clock, seconds, span } from './words.js';

const REFRESH_MS = 30_000;
const SPANS = [['1h', '1 hour'], ['24h', '24 hours'], ['168h', '7 days'], ['720h', '30 days']];
const PAGE = '/api/v1/alerts?state=resolved&limit=50';

const MOST_ROWS = 10;
const TYPING_MS = 250;

/** Further pages of alerts that are over: what was asked for by hand. */
let more = { page: PAGE, alerts: [], cursor: null, busy: false };
let typing = 0;

/** The view. */
export function view() {
  const since = route.query.get('since') ?? '24h';
  const stats = known(`/api/v1/stats?since=${encodeURIComponent(since)}`, REFRESH_MS);
  return html`<div class="title-line"><h1>History</h1>
      <div class="segments push" role="group" aria-label="How far back">${SPANS.map(([value, said]) => html`
        <button class="button" aria-pressed=${value === since} @click=${() => ask({ since: value })}>${said}</button>`)}</div></div>
    <div class="stack">
      ${stats.data ? figures(stats.data) : html`<p class="quiet panel pad">${stats.error ? capital(stats.error.message) : 'Loading …'}</p>`}
      ${stats.data ? tables(stats.data) : nothing}
      ${over()}
    </div>`;
}

function figures(stats) {
  const big = (value, said) => html`<div class="panel pad number"><b>${value}</b><span>${said}</span></div>`;
  return html`<div class="numbers">
    ${big(stats.fired.toLocaleString('en-GB'), 'alerts fired')}
    ${big(seconds(stats.mtta_seconds), 'until somebody answers, on average')}
    ${big(seconds(stats.mttr_seconds), 'until it is over, on average')}
    ${big(failures(stats).toLocaleString('en-GB'), 'notifications failed')}</div>`;
}

function failures(stats) {
  return Object.values(stats.by_receiver).reduce((sum, states) => sum + (states.failed ?? 0), 0);
}

function tables(stats) {
  const noisiest = stats.noisiest.slice(0, MOST_ROWS).map((one) => [one.rule, one.fired, one.mtta_seconds, one.mttr_seconds]);
  const severities = ['critical', 'warning', 'info'].map((word) => [word, stats.by_severity[word] ?? 0, stats.mtta_by_severity[word], stats.mttr_by_severity[word]]);
  const nodes = Object.entries(stats.by_node).sort(([, a], [, b]) => b - a).slice(0, MOST_ROWS)
    .map(([node, n]) => [node, n, stats.mtta_by_node[node], stats.mttr_by_node[node]]);
  return html`<div class="columns even">
    ${timed('noisy', 'Noisiest rules', 'Rule', noisiest, (rule) => html`<a href=${address('rules', rule)}>${rule}</a>`)}
    ${timed('node', 'By node', 'Node', nodes, (node) => node || 'whole cluster')}
    ${timed('severity', 'By severity', 'Severity', severities, (word) => sign(word))}
    <section class="panel pad" aria-labelledby="told-title"><h2 id="told-title">Who was told</h2>${receivers(stats.by_receiver)}</section>
  </div>`;
}

/** How often something fired, and how long it took until somebody answered and until it was over. */
function timed(id, heading, what, rows, named) {
  const most = Math.max(1, ...rows.map(([, fired]) => fired));
  return html`<section class="panel pad" aria-labelledby="${id}-title"><h2 id="${id}-title">${heading}</h2>${rows.length
    ? html`<div class="scroll" tabindex="0" role="region" aria-labelledby="${id}-title"><table>
      <thead><tr><th>${what}</th><th class="end">Fired</th><th class="end">Answered in</th><th class="end">Over in</th></tr></thead>
      <tbody>${rows.map(([name, fired, mtta, mttr]) => html`<tr><td>${named(name)}</td>${share(fired, most)}
        <td class="end nowrap">${seconds(mtta)}</td><td class="end nowrap">${seconds(mttr)}</td></tr>`)}</tbody></table></div>`
    : html`<p class="quiet">Nothing fired.</p>`}</section>`;
}

/** A figure with a bar as long as its share of the greatest. */
function share(value, most) {
  return html`<td class="end share"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width=${(value / most) * 100} height="8"/></svg>
    <span>${value.toLocaleString('en-GB')}</span></td>`;
}

function receivers(all) {
  const rows = Object.entries(all);
  if (!rows.length) return html`<p class="quiet">Nobody was told anything.</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="told-title"><table><thead><tr><th>Receiver</th><th class="end">Told</th><th class="end">Waiting</th><th class="end">Skipped</th><th class="end">Failed</th></tr></thead>
    <tbody>${rows.map(([name, states]) => html`<tr><td>${name}</td><td class="end">${states.sent ?? 0}</td><td class="end">${states.pending ?? 0}</td>
      <td class="end">${states.skipped ?? 0}</td><td class="end ${states.failed ? 'tone-crit' : ''}"><b>${states.failed ?? 0}</b></td></tr>`)}</tbody></table></div>`;
}

function over() {
  const wanted = route.query.get('q') ?? '';
  const page = wanted ? `${PAGE}&q=${encodeURIComponent(wanted)}` : PAGE;
  const answer = known(page, REFRESH_MS);
  const first = answer.data?.alerts ?? [];
  const seen = new Set(first.map((alert) => alert.id));
  const others = more.page === page ? more.alerts.filter((alert) => !seen.has(alert.id)) : [];
  const alerts = [...first, ...others];
  const cursor = others.length ? more.cursor : answer.data?.next_cursor;
  return html`<section class="panel pad" aria-labelledby="over-title"><div class="title-line"><h2 id="over-title">Resolved alerts</h2>
      <label class="search push"><span class="hidden">Search resolved alerts</span><input id="search" type="search" .value=${wanted}
        autocomplete="off" spellcheck="false" placeholder="Search message, type, node" @input=${search}><kbd aria-hidden="true">/</kbd></label></div>
    ${alerts.length ? html`<div class="scroll" tabindex="0" role="region" aria-labelledby="over-title"><table class="stacked">
      <thead><tr><th>Fired</th><th>Severity</th><th>Alert</th><th>Where</th><th class="end">Lasted</th><th>Answered by</th><th>Because</th></tr></thead>
      <tbody>${alerts.map(ended)}</tbody></table></div>
      ${cursor ? html`<p class="buttons"><button class="button" ?disabled=${more.busy} @click=${() => further(page, cursor)}>${more.busy ? 'Loading …' : 'Show more'}</button></p>` : nothing}`
    : html`<p class="quiet">${answer.data ? wanted ? 'No resolved alert is like this.' : 'No alert is over yet.' : answer.error ? capital(answer.error.message) : 'Loading …'}</p>`}</section>`;
}

function ended(alert) {
  return html`<tr><td class="nowrap"><time datetime=${began(alert)}>${clock(began(alert), now())}</time></td><td>${sign(alert.severity)}</td>
    <td class="whole"><a href=${address('alert', alert.id)}>${alert.message}</a></td><td>${alert.node ?? ''} <span class="small">${alert.cluster}</span></td>
    <td class="end nowrap" data-as="Lasted">${span(Date.parse(alert.resolved_at) - Date.parse(began(alert)))}</td><td data-as="Answered by">${alert.acknowledged_by ?? 'nobody'}</td>
    <td class="small whole">${alert.resolved_because ?? ''}</td></tr>`;
}

/** Asks when somebody has stopped typing for a moment. */
function search(event) {
  const text = event.target.value;
  clearTimeout(typing);
  typing = setTimeout(() => ask({ q: text }), TYPING_MS);
}

async function further(page, cursor) {
  const before = more.page === page ? more.alerts : [];
  more = { page, alerts: before, cursor, busy: true };
  paint();
  try {
    const next = await get(`${page}&cursor=${encodeURIComponent(cursor)}`);
    more = { page, alerts: [...before, ...next.alerts], cursor: next.next_cursor, busy: false };
  } catch {
    more = { ...more, busy: false };
  }
  paint();
}

/** What keys do here. */
export const keys = {};

/** The title of the window. */
export function title() {
  return 'History';
}
