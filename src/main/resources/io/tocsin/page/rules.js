/**
 * The rules in force: how they do, which members have them, and the text of one.
 * @module
 */
import { html, nothing } from './lib.js';
import { ruleText } from './because.js';
import { known } from './cache.js';
import { now } from './frame.js';
import { mark, sign, tone } from './marks.js';
import { address, ask, go, route } from './route.js';
import { capital, clock, count, plain, seconds, span } from './words.js';

const REFRESH_MS = 15_000;
const FAMILIES = ['threshold', 'trend', 'quorum', 'absence', 'escalation', 'routing'];
const ABOUT = {
  threshold: 'a reading crosses a limit', trend: 'worse than its own usual', quorum: 'counts over the nodes of a cluster',
  absence: 'a source that should report does not', escalation: 'who hears next when nobody answers', routing: 'which receivers hear of which alert',
};

/** The view. */
export function view() {
  const answer = known('/api/v1/rules', REFRESH_MS);
  const set = answer.data;
  if (!set) return html`<h1>Rules</h1><p class="quiet">${answer.error ? capital(answer.error.message) : 'Loading …'}</p>`;
  return route.id ? one(set) : all(set);
}

function all(set) {
  const search = (route.query.get('q') ?? '').toLowerCase();
  const rules = set.rules.filter((rule) => `${rule.name} ${rule.file} ${rule.state}`.toLowerCase().includes(search));
  const bad = set.rules.filter((rule) => rule.state !== 'active');
  const families = [...new Set([...FAMILIES, ...rules.map((rule) => rule.family)])];
  return html`<div class="title-line"><h1>Rules</h1><span class="small">${count(set.rules.length, 'rule')} in force</span>
      <label class="search push"><span class="hidden">Search rules</span><input id="search" type="search" .value=${route.query.get('q') ?? ''}
        placeholder="Search rules" @input=${(event) => ask({ q: event.target.value })}><kbd aria-hidden="true">/</kbd></label></div>
    <div class="stack">${members(set)}
    ${bad.length ? html`<section class="panel pad alarm">${mark('quarantined')}<p><b>${count(bad.length, 'rule is', 'rules are')} out of force.</b>
      ${bad.map((rule) => html`<br><a href=${address('rules', rule.name)}>${rule.name}</a>: ${rule.last_error ?? 'no reason is kept'}`)}</p></section>` : nothing}
    ${families.map((family) => table(family, rules.filter((rule) => rule.family === family)))}
    ${rules.length ? nothing : html`<p class="quiet">No rule is like this.</p>`}</div>`;
}

function members(set) {
  const list = set.members ?? [];
  const last = set.last_reload;
  return html`<section class="panel pad" aria-labelledby="set-title"><h2 id="set-title" class="hidden">Rule set</h2><dl class="facts-line flat">
    <div><dt>Rule set</dt><dd><code>${set.rule_hash}</code></dd></div>
    ${list.map((member) => html`<div><dt>${member.name}</dt><dd>${member.rule_hash === set.rule_hash
    ? html`<span class="sign tone-ok">${mark('ok')}<span>the same</span></span>`
    : html`<span class="sign tone-warn">${mark('degraded')}<span>has <code>${member.rule_hash ?? 'none'}</code></span></span>`}</dd></div>`)}
    ${last?.at ? html`<div><dt>Last reload</dt><dd>${last.result ?? ''} ${clock(last.at, now())}</dd></div>` : nothing}
  </dl></section>`;
}

function table(family, rules) {
  if (!rules.length) return nothing;
  return html`<section class="panel pad" aria-labelledby="family-${family}"><h2 id="family-${family}">${capital(family)} <span class="small">${ABOUT[family] ?? ''}</span></h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="family-${family}"><table class="rules">
    <thead><tr><th>Rule</th><th>State</th><th class="end">Fired</th><th class="end">Last</th></tr></thead>
    <tbody>${rules.map((rule) => html`<tr><td><a href=${address('rules', rule.name)}>${rule.name}</a><div class="small">${rule.file}:${rule.line}</div></td>
      <td>${sign(rule.state)}</td><td class="end">${rule.fired.toLocaleString('en-GB')}</td>
      <td class="end nowrap">${rule.last_fired ? html`<time datetime=${rule.last_fired} title=${clock(rule.last_fired, now())}>${span(now() - Date.parse(rule.last_fired))} ago</time>` : '–'}</td></tr>`)}</tbody></table></div></section>`;
}

function one(set) {
  const rule = set.rules.find((each) => each.name === route.id);
  const answer = known(`/api/v1/rules/${encodeURIComponent(route.id)}`, REFRESH_MS);
  const more = answer.data;
  if (!rule && !more) {
    return html`<h1>${route.id}</h1><p class="quiet">${answer.error || set ? 'There is no such rule in force.' : 'Loading …'} <a href="#/rules">All rules</a></p>`;
  }
  const shown = { ...rule, ...more };
  return html`<div class="stack"><header class="panel pad head ${rule && rule.state !== 'active' ? tone(rule.state) : ''}">
      <p class="crumbs"><a href="#/rules">Rules</a> › ${shown.family}</p><h1>${shown.name}</h1>
      <dl class="facts-line"><div><dt>State</dt><dd>${sign(rule?.state ?? 'unknown')}</dd></div>
        <div><dt>Where</dt><dd><code>${shown.file}:${shown.line}</code></dd></div>
        <div><dt>Fired</dt><dd>${count(rule?.fired ?? 0, 'time')}${rule?.last_fired ? `, last ${clock(rule.last_fired, now())}` : ''}</dd></div>
        <div><dt>Alerts</dt><dd><a href=${address('now', '', { q: `rule:"${shown.name}"` })}>open ones</a></dd></div>
        ${rule?.last_error ? html`<div><dt>Error</dt><dd class="tone-crit">${rule.last_error}</dd></div>` : nothing}</dl></header>
    <div class="columns wide-first">
      <section class="panel pad" aria-labelledby="text-title"><h2 id="text-title">Text</h2>${shown.doc ? html`<p class="doc">${shown.doc}</p>` : nothing}
        ${shown.drl ? ruleText(shown.drl, shown.line) : html`<p class="quiet">${answer.error?.status === 404 ? 'The text is not offered here; it is in the file.' : answer.error ? capital(answer.error.message) : 'Loading …'}</p>`}</section>
      ${scenarios(more)}</div></div>`;
}

function scenarios(more) {
  if (!more) return nothing;
  const list = more.scenarios;
  return html`<section class="panel pad" aria-labelledby="cases-title"><h2 id="cases-title">Scenarios</h2>
    ${list?.length ? html`<ul class="cases">${list.map((one) => html`<li>${sign(one.passed ? 'pass' : 'fail', one.passed ? 'Passed' : 'Failed')}
      <span>${plain(one.name)}</span><span class="small">${one.seconds === undefined || one.seconds === null ? '' : seconds(one.seconds)}</span></li>`)}</ul>`
    : html`<p class="quiet">They were not played since the start.</p>`}</section>`;
}

/** What keys do here. */
export const keys = { k: () => go('rules') };

/** The title of the window. */
export function title() {
  return route.id || 'Rules';
}
