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

/** Further pages of alerts that are over: what was asked for by hand. */
let more = { alerts: [], cursor: null, busy: false };

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
  return html`<div class="columns even">
    <section class="panel pad" aria-labelledby="noisy-title"><h2 id="noisy-title">Noisiest rules</h2>${noisiest(stats)}</section>
    <section class="panel pad" aria-labelledby="told-title"><h2 id="told-title">Who was told</h2>${receivers(stats.by_receiver)}</section>
    <section class="panel pad" aria-labelledby="severity-title"><h2 id="severity-title">By severity</h2>${bySeverity(stats)}</section>
    ${stats.by_node ? html`<section class="panel pad" aria-labelledby="node-title"><h2 id="node-title">By node</h2>${byNode(stats.by_node)}</section>` : nothing}
  </div>`;
}

/** A figure with a bar as long as its share of the greatest. */
function share(value, most) {
  return html`<td class="end share"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width=${(value / (most || 1)) * 100} height="8"/></svg>
    <span>${value.toLocaleString('en-GB')}</span></td>`;
}

function noisiest(stats) {
  const rows = stats.noisiest
    ?? Object.entries(stats.by_rule).map(([rule, fired]) => ({ rule, fired })).sort((a, b) => b.fired - a.fired);
  if (!rows.length) return html`<p class="quiet">Nothing fired.</p>`;
  const most = Math.max(...rows.map((row) => row.fired));
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="noisy-title"><table><thead><tr><th>Rule</th><th class="end">Fired</th><th class="end">Answered in</th><th class="end">Over in</th></tr></thead>
    <tbody>${rows.slice(0, 10).map((row) => html`<tr><td><a href=${address('rules', row.rule)}>${row.rule}</a></td>${share(row.fired, most)}
      <td class="end nowrap">${seconds(row.mtta_seconds ?? stats.mtta_by_rule?.[row.rule])}</td><td class="end nowrap">${seconds(row.mttr_seconds ?? stats.mttr_by_rule?.[row.rule])}</td></tr>`)}</tbody></table></div>`;
}

function bySeverity(stats) {
  const most = Math.max(1, ...Object.values(stats.by_severity));
  return html`<table><thead><tr><th>Severity</th><th class="end">Fired</th><th class="end">Answered in</th><th class="end">Over in</th></tr></thead>
    <tbody>${['critical', 'warning', 'info'].map((word) => html`<tr><td>${sign(word)}</td>${share(stats.by_severity[word] ?? 0, most)}
      <td class="end nowrap">${seconds(stats.mtta_by_severity?.[word])}</td><td class="end nowrap">${seconds(stats.mttr_by_severity?.[word])}</td></tr>`)}</tbody></table>`;
}

function byNode(nodes) {
  const rows = Object.entries(nodes).sort(([, a], [, b]) => b - a).slice(0, 10);
  const most = Math.max(1, ...rows.map(([, n]) => n));
  return html`<table><thead><tr><th>Node</th><th class="end">Fired</th></tr></thead>
    <tbody>${rows.map(([node, n]) => html`<tr><td>${node || 'whole cluster'}</td>${share(n, most)}</tr>`)}</tbody></table>`;
}

function receivers(all) {
  const rows = Object.entries(all);
  if (!rows.length) return html`<p class="quiet">Nobody was told anything.</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="told-title"><table><thead><tr><th>Receiver</th><th class="end">Told</th><th class="end">Waiting</th><th class="end">Skipped</th><th class="end">Failed</th></tr></thead>
    <tbody>${rows.map(([name, states]) => html`<tr><td>${name}</td><td class="end">${states.sent ?? 0}</td><td class="end">${states.pending ?? 0}</td>
      <td class="end">${states.skipped ?? 0}</td><td class="end ${states.failed ? 'tone-crit' : ''}"><b>${states.failed ?? 0}</b></td></tr>`)}</tbody></table></div>`;
}

function over() {
  const answer = known(PAGE, REFRESH_MS);
  const first = answer.data?.alerts ?? [];
  const seen = new Set(first.map((alert) => alert.id));
  const alerts = [...first, ...more.alerts.filter((alert) => !seen.has(alert.id))];
  const cursor = more.alerts.length ? more.cursor : answer.data?.next_cursor;
  return html`<section class="panel pad" aria-labelledby="over-title"><h2 id="over-title">Resolved alerts</h2>
    ${alerts.length ? html`<div class="scroll" tabindex="0" role="region" aria-labelledby="over-title"><table>
      <thead><tr><th>Fired</th><th>Severity</th><th>Alert</th><th>Where</th><th class="end">Lasted</th><th>Answered by</th><th>Because</th></tr></thead>
      <tbody>${alerts.map((alert) => html`<tr><td class="nowrap"><time datetime=${began(alert)}>${clock(began(alert), now())}</time></td><td>${sign(alert.severity)}</td>
        <td><a href=${address('alert', alert.id)}>${alert.message}</a></td><td>${alert.node ?? ''} <span class="small">${alert.cluster}</span></td>
        <td class="end nowrap">${span(Date.parse(alert.resolved_at) - Date.parse(began(alert)))}</td><td>${alert.acknowledged_by ?? 'nobody'}</td><td class="small">${alert.resolved_because ?? ''}</td></tr>`)}</tbody></table></div>
      ${cursor ? html`<p class="buttons"><button class="button" ?disabled=${more.busy} @click=${() => further(cursor)}>${more.busy ? 'Loading …' : 'Show more'}</button></p>` : nothing}`
    : html`<p class="quiet">${answer.data ? 'No alert is over yet.' : 'Loading …'}</p>`}</section>`;
}

async function further(cursor) {
  more = { ...more, busy: true };
  paint();
  try {
    const page = await get(`${PAGE}&cursor=${encodeURIComponent(cursor)}`);
    more = { alerts: [...more.alerts, ...page.alerts], cursor: page.next_cursor, busy: false };
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
