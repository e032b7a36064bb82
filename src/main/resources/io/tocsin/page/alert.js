/**
 * One alert: how bad, its story, why it is, the reading around it, what was captured, how often it was there before.
 * @module
 */
import { html, nothing } from './lib.js';
import { acknowledge, canAck, resolve, standing } from './acts.js';
import { because, suppressions } from './because.js';
import { known } from './cache.js';
import './chart.js';
import { now } from './frame.js';
import { live } from './live.js';
import { mark, sign, tone } from './marks.js';
import { began } from './pick.js';
import { address, go, route } from './route.js';
import { buttons, flags, ladder, refusal } from './row.js';
import { itsSeries, limitsOf, seriesOf } from './spark.js';
import { story } from './story.js';
import { tree } from './tree.js';
import { capital, clock, figure, plain, span } from './words.js';

const HOUR = 3_600_000;
const REFRESH_MS = 10_000;

function path(id, tail = '') {
  return `/api/v1/alerts/${encodeURIComponent(id)}${tail}`;
}

/** The alert that the address names: the newest that is known of it. */
function current() {
  const here = live.alerts.get(route.id) ?? live.ended.get(route.id);
  const asked = known(here ? null : path(route.id), REFRESH_MS);
  return { alert: here ?? asked.data, error: asked.error };
}

/** The view. */
export function view() {
  const { alert, error } = current();
  if (!alert) {
    return html`<div class="empty"><h1>${error?.status === 404 ? 'There is no such alert' : error ? 'It cannot be shown' : 'Loading …'}</h1>
      <p>${capital(error?.message ?? '')}</p><p><a href="#/now">What is open now</a></p></div>`;
  }
  const why = known(path(alert.id, '/why'), REFRESH_MS);
  return html`<article class="one ${tone(alert.severity)} is-${alert.state}">
    ${head(alert)}
    ${readings(alert)}
    <div class="columns">
      <section class="panel pad" aria-labelledby="story-title"><h2 id="story-title">What happened</h2>
        ${why.data ? story(alert, why.data) : absent(why)}</section>
      <section class="panel pad" aria-labelledby="why-title"><h2 id="why-title">Why</h2>
        ${why.data ? html`${suppressions(why.data.suppressed_by)}${because(alert, why.data)}` : absent(why)}</section>
    </div>
    <div class="columns">${captured(alert)}${earlier(alert)}</div>
  </article>`;
}

function absent(answer) {
  return html`<p class="quiet">${answer.error ? capital(answer.error.message) : 'Loading …'}</p>`;
}

function head(alert) {
  const shown = alert.state === 'firing' ? alert.severity : alert.state;
  return html`<header class="panel pad head">
    <p class="crumbs"><a href="#/now">Now</a> › <a href=${address('cluster', alert.cluster)}>${alert.cluster}</a>${alert.node ? ` › ${alert.node}` : ''}</p>
    <div class="head-line"><span class="sign large ${tone(alert.severity)}">${mark(shown)}<span>${capital(alert.severity)}</span></span>
      <span class="state">${alert.state}</span>${flags(alert)}</div>
    <h1>${alert.message}</h1>
    <dl class="facts-line">
      ${pair('Since', html`<time datetime=${began(alert)}>${clock(began(alert), now())}</time>, ${alert.state === 'resolved'
    ? `for ${span(Date.parse(alert.resolved_at) - Date.parse(began(alert)))}` : `${span(now() - Date.parse(began(alert)))} ago`}`)}
      ${alert.value === null ? nothing : pair('Value', html`<b>${figure(alert.value)}</b>${alert.limit === null ? nothing : html`, ${alert.limit_type === 'min' ? 'at least' : 'at most'} ${figure(alert.limit)} allowed`}`)}
      ${alert.state === 'resolved' ? pair('Ended', capital(alert.resolved_because ?? '')) : pair(alert.state === 'acknowledged' ? 'Acknowledged' : 'Escalation', ladder(alert))}
      ${alert.ack_message ? pair('They say', alert.ack_message) : nothing}
      ${pair('Type', plain(alert.alert_type))}
      ${alert.runbook ? pair('Runbook', runbook(alert.runbook)) : nothing}
      ${Object.entries(alert.labels ?? {}).map(([name, value]) => pair(name, value))}
    </dl>
    ${answer(alert)}${refusal(alert)}
  </header>`;
}

function pair(name, value) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

/** Only an address of the web becomes a link. */
function runbook(where) {
  return /^https?:\/\//i.test(where)
    ? html`<a href=${where} target="_blank" rel="noopener noreferrer">${where}</a>` : html`<code>${where}</code>`;
}

/** The form with which it is acknowledged, or only the buttons. */
function answer(alert) {
  if (!canAck(alert) || standing(alert)?.due) return html`<div class="answer">${buttons(alert, true)}</div>`;
  const send = (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    acknowledge(alert, { message: form.get('message').trim(), span: form.get('span') });
  };
  return html`<form class="answer" @submit=${send}>
    <label class="field grow"><span class="hidden">What you say with it</span>
      <input name="message" maxlength="4096" autocomplete="off" placeholder="Say something with it, if you like"></label>
    <label class="choice"><span class="hidden">How long the acknowledgement is good for</span>
      <select name="span"><option value="">until it ends</option>
        ${['30m', '1h', '2h', '8h'].map((one) => html`<option value=${one}>for ${one}</option>`)}</select></label>
    <div class="acts"><button class="button strong" data-act="ack">Acknowledge</button>
      <button class="button plain" type="button" data-act="resolve" @click=${() => resolve(alert)}>Resolve</button></div>
  </form>`;
}

function readings(alert) {
  const answer = seriesOf(alert);
  const series = answer.data ? itsSeries(alert, answer.data.series) : null;
  if (!series?.points.length) return nothing;
  const marks = [[alert.fired_at, 'fired'], [alert.acknowledged_at, 'acknowledged'], [alert.resolved_at, 'resolved']]
    .filter(([at]) => at).map(([at, text]) => ({ at: Date.parse(at), text }));
  const name = [plain(series.type), ...Object.values(series.key ?? {})].map(plain).join(' · ');
  const data = {
    lines: [{ name, points: series.points, strong: true }], limits: limitsOf(alert, series), marks, unit: series.unit,
    to: now(), from: Math.max(now() - HOUR, Math.min(series.points[0][0], Date.parse(alert.since) - 300_000)), height: 190,
  };
  return html`<section class="panel pad" aria-labelledby="chart-title"><h2 id="chart-title">${capital(name)}
    <span class="small">${series.node ?? alert.cluster}${series.unit ? `, ${series.unit}` : ''}</span></h2>
    <toc-chart class="short" .data=${data}></toc-chart></section>`;
}

function captured(alert) {
  const answer = known(`/api/v1/diagnostics?alert_id=${encodeURIComponent(alert.id)}&limit=10`, REFRESH_MS * 3);
  const found = answer.data?.diagnostics ?? [];
  if (!found.length) return nothing;
  return html`<section class="panel pad" aria-labelledby="captured-title"><h2 id="captured-title">Captured with it</h2>
    ${found.map((one, i) => html`<details class="capture" ?open=${i === 0}><summary>${plain(one.type)} <span class="small">${one.node ?? one.cluster}, ${clock(one.at, now())}</span></summary>
      ${tree(one.document, `alert ${one.id}`, 2)}</details>`)}</section>`;
}

function earlier(alert) {
  const answer = known(`/api/v1/alerts?${new URLSearchParams({ key: alert.key, limit: 20 })}`, REFRESH_MS * 3);
  const others = (answer.data?.alerts ?? []).filter((one) => one.id !== alert.id && one.key === alert.key);
  if (!answer.data) return nothing;
  return html`<section class="panel pad" aria-labelledby="earlier-title"><h2 id="earlier-title">The same before</h2>
    ${others.length ? html`<div class="scroll" tabindex="0" role="region" aria-labelledby="earlier-title"><table>
      <thead><tr><th>Fired</th><th>Severity</th><th class="end">Lasted</th><th>Answered by</th></tr></thead>
      <tbody>${others.map((one) => html`<tr><td><a href=${address('alert', one.id)}>${clock(began(one), now())}</a></td><td>${sign(one.severity)}</td>
        <td class="end">${one.resolved_at ? span(Date.parse(one.resolved_at) - Date.parse(began(one))) : one.state}</td><td>${one.acknowledged_by ?? 'nobody'}</td></tr>`)}</tbody></table></div>`
    : html`<p class="quiet">It was not there before, as far as is kept.</p>`}</section>`;
}

/** What keys do here. */
export const keys = {
  a: () => withIt(acknowledge),
  r: () => withIt(resolve),
  k: () => go('now'),
};

function withIt(act) {
  const { alert } = current();
  if (alert) act(alert);
}

/** The title of the window. */
export function title() {
  return current().alert?.message ?? 'Alert';
}
