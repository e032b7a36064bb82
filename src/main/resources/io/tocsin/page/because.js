/**
 * Why an alert is: the rule with the lines that matched, and the facts with their values.
 * @module
 */
import { html, nothing } from './lib.js';
import { now } from './frame.js';
import { address } from './route.js';
import { clock, figure, plain } from './words.js';

const HEAD = new Set(['type', 'node', 'cluster', 'key', 'id', 'timestamp', 'received_at', 'ttl', 'fresh', 'fresh_until']);

/** The indexes of the lines of a rule on which patterns over the types of some facts begin; its whole left side if none does. */
export function matched(text, facts) {
  const types = facts.map((fact) => String(fact?.type ?? '').replaceAll('_', '').toLowerCase()).filter(Boolean);
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.trim() === 'when') + 1;
  const until = lines.findIndex((line) => line.trim().startsWith('then'));
  const left = lines.map((_, i) => i).filter((i) => from > 0 && i >= from && (until < 0 || i < until));
  const found = left.filter((i) => types.some((type) => calls(lines[i].toLowerCase(), type)));
  return new Set(found.length ? found : left);
}

function calls(line, type) {
  const at = line.indexOf(`${type}(`);
  return at >= 0 && !/[\p{L}\p{N}]/u.test(line.charAt(at - 1));
}

const WORDS = /("(?:[^"\\]|\\.)*"|\/\/.*$|\b(?:rule|when|then|end|not|exists|forall|accumulate|over|from)\b)/;

/** A line of a rule with its words and texts told apart. */
function coloured(line) {
  return line.split(WORDS).map((part, i) => {
    if (i % 2 === 0) return part;
    const kind = part.startsWith('"') ? 'text' : part.startsWith('//') ? 'note' : 'word';
    return html`<span class="drl-${kind}">${part}</span>`;
  });
}

/**
 * A rule's text with the numbers of its lines.
 * @param {string} text
 * @param {number} first the number of its first line
 * @param {Set<number>} marked indexes of lines to mark
 */
export function ruleText(text, first, marked = new Set()) {
  return html`<div class="drl" tabindex="0" role="region" aria-label="Rule text">${text.split('\n').map((line, i) => html`
    <div class=${marked.has(i) ? 'line matched' : 'line'}><span class="number">${marked.has(i) ? '▸ ' : ''}${first + i}</span><code>${coloured(line)}${
      marked.has(i) ? html`<span class="hidden"> (matched)</span>` : nothing}</code></div>`)}</div>`;
}

function fact(one, value, limit) {
  if (one === null || typeof one !== 'object') return html`<li class="fact"><b>${String(one)}</b></li>`;
  if (one.type === 'value') return html`<li class="fact"><b>counted</b> ${one.text}</li>`;
  const fields = Object.entries(one).filter(([name, v]) => !HEAD.has(name) && v !== null
    && (typeof v !== 'object' || Object.keys(v).length));
  const at = one.received_at ?? one.last_seen;
  return html`<li class="fact"><div><b>${plain(one.type)}</b>${one.node ? html` of <b>${one.node}</b>` : nothing}
      ${at ? html`<span class="small">${one.received_at ? 'received' : 'last seen'} ${clock(at, now())}</span>` : nothing}
      ${one.fresh === false ? html`<span class="flag">not fresh</span>` : nothing}</div>
    <dl>${fields.map(([name, v]) => html`<div><dt>${plain(name)}</dt><dd>${typeof v === 'object' ? JSON.stringify(v) : typeof v === 'number' ? figure(v) : String(v)}
      ${v === value && limit ? html`<span class="tone-crit">${limit}</span>` : nothing}</dd></div>`)}</dl></li>`;
}

/** The explanation. */
export function because(alert, why) {
  const limit = typeof alert.limit === 'number'
    ? `${alert.limit_type === 'min' ? 'below' : 'above'} ${figure(alert.limit)}` : '';
  if (!why.because.length) return html`<p class="quiet">Nothing supports it any more.</p>`;
  return why.because.map((reason) => html`<section class="reason">
    <h3><a href=${address('rules', reason.rule.name)}>${reason.rule.name}</a></h3>
    <p class="small">${reason.rule.file}:${reason.rule.line} · holds for ${reason.hold_for} before it fires, stays for ${reason.quiet_for} after it ends</p>
    ${reason.text ? ruleText(reason.text, reason.rule.line, matched(reason.text, reason.facts)) : html`<p class="quiet">The text of the rule is not kept any more.</p>`}
    <h4>Facts that matched</h4>
    <ul class="facts">${reason.facts.map((one) => fact(one, alert.value, limit))}</ul>
    ${reason.omitted ? html`<p class="small">and ${reason.omitted} more</p>` : nothing}
  </section>`);
}

/** What keeps people from hearing of it, or it from ending. */
export function suppressions(list) {
  if (!list.length) return nothing;
  return html`<ul class="notes">${list.map((one) => html`<li><b>${plain(one.kind)}</b> ${one.text}${
    one.until ? html` <span class="small">until ${clock(one.until, now())}</span>` : nothing}</li>`)}</ul>`;
}
