/**
 * What happened to an alert, in order: each change, and under it who was told and how that went.
 * @module
 */
import { html, nothing } from './lib.js';
import { now } from './frame.js';
import { mark, tone } from './marks.js';
import { CHANGES, clock, count, countdown, span } from './words.js';

const SIGNS = { fired: null, raised: null, fell: null, ack_expired: 'pending', routed: 'told', stale: 'unknown', fresh: 'healthy', lapsed: 'resolved' };

const CAUSES = {
  reading: 'a reading came in', expiry: 'a reading got too old', deadline: 'time ran out', restore: 'after a start',
  rules: 'the rules changed', command: 'somebody asked for it',
};

/**
 * The story.
 * @param {object} alert
 * @param {{transitions: object[], notifications: object[]}} told
 */
export function story(alert, told) {
  const byRevision = Map.groupBy
    ? Map.groupBy(told.notifications, (one) => one.revision)
    : told.notifications.reduce((all, one) => all.set(one.revision, [...(all.get(one.revision) ?? []), one]), new Map());
  let before = null;
  return html`<ol class="story">${told.transitions.map((change) => {
    const later = before ? Date.parse(change.at) - Date.parse(before) : 0;
    before = change.at;
    return step(alert, change, later, byRevision.get(change.revision) ?? []);
  })}${next(alert)}</ol>`;
}

function step(alert, change, later, notifications) {
  const word = SIGNS[change.kind] === null ? alert.severity : SIGNS[change.kind] ?? change.kind;
  return html`<li class="step ${tone(word)}">
    <span class="step-mark">${mark(word)}</span>
    <div class="step-head"><b>${CHANGES[change.kind] ?? change.kind}</b>${change.by ? html` by ${change.by}` : nothing}
      <time datetime=${change.at} title=${CAUSES[change.cause] ?? ''}>${clock(change.at, now())}</time>
      ${later >= 1000 ? html`<span class="small">+${span(later)}</span>` : nothing}</div>
    ${change.detail ? html`<p>${change.detail}</p>` : nothing}
    ${change.to?.length ? html`<p>Called: ${change.to.join(', ')}</p>` : nothing}
    ${notifications.length ? html`<ul class="told">${notifications.map(delivery)}</ul>` : nothing}
  </li>`;
}

const OUTCOMES = { sent: 'told', failed: 'not reached', pending: 'on its way', skipped: 'not told' };

function delivery(one) {
  const last = one.attempts.at(-1);
  const took = last ? Date.parse(last.at) + last.took_ms - Date.parse(one.created_at) : 0;
  const why = one.state_detail ?? (one.state === 'sent' ? null : last?.detail);
  const again = one.next_attempt_at ? Date.parse(one.next_attempt_at) - now() : null;
  return html`<li class="${tone(one.state)}">${mark(one.state)}<span><b>${one.receiver}</b> ${OUTCOMES[one.state] ?? one.state}${
    one.state === 'sent' ? html` <span class="small">after ${took < 1000 ? `${Math.max(0, took)} ms` : span(took)}</span>` : nothing}${
    one.attempts.length > 1 ? html` <span class="small">${count(one.attempts.length, 'attempt')}</span>` : nothing}${
    why ? html`<br><span class="small">${why}</span>` : nothing}${
    again !== null && one.state === 'pending' && one.attempts.length
      ? html`<br><span class="small">again ${again > 0 ? `in ${countdown(again)}` : 'now'}</span>` : nothing}</span></li>`;
}

/** What comes if nobody does anything. */
function next(alert) {
  if (alert.state === 'resolved') return nothing;
  let what = null;
  if (alert.state === 'firing' && alert.next_escalation_at) {
    const left = Date.parse(alert.next_escalation_at) - now();
    what = left > 0 ? `Escalates to level ${alert.escalation_level + 1} in ${countdown(left)} if nobody answers`
      : `Escalates to level ${alert.escalation_level + 1} any moment`;
  } else if (alert.state === 'acknowledged') {
    what = alert.ack_expires_at
      ? `The acknowledgement is good for ${span(Date.parse(alert.ack_expires_at) - now())} more`
      : 'Nobody is called any more; it resolves when readings say so';
  } else if (alert.state === 'pending') {
    what = 'Held back: it fires only if it stays so';
  }
  return what ? html`<li class="step next"><span class="step-mark">${mark('pending')}</span><div class="step-head">${what}</div></li>` : nothing;
}
