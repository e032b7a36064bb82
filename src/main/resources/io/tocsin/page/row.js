/**
 * One alert in the list: how bad, what, where, since when, what happens next, and the buttons.
 * @module
 */
import { html, nothing } from './lib.js';
import { acknowledge, canAck, canResolve, dismiss, resolve, standing, undo } from './acts.js';
import { now } from './frame.js';
import { mark, tone } from './marks.js';
import { began } from './pick.js';
import { address } from './route.js';
import { spark } from './spark.js';
import { capital, clock, countdown, figure, plain, span } from './words.js';

/** What there is to press for an alert: the buttons, or how what was asked for goes. */
export function buttons(alert, large = false) {
  const stands = standing(alert);
  if (stands?.due) {
    return html`<div class="acts" role="status">
      <span class="quiet">Acknowledging in ${Math.max(1, Math.ceil((stands.due - Date.now()) / 1000))} s</span>
      <button class="button strong" data-act="undo" @click=${() => undo(alert.id)}>Undo</button></div>`;
  }
  if (stands?.busy) return html`<div class="acts" role="status"><span class="quiet">Sending …</span></div>`;
  return html`<div class="acts">
    ${canAck(alert)
    ? html`<button class="button ${large ? 'strong' : ''}" data-act="ack" aria-label="Acknowledge: ${alert.message}"
        @click=${() => acknowledge(alert)}>Acknowledge</button>` : nothing}
    ${canResolve(alert)
    ? html`<button class="button plain" data-act="resolve" aria-label="Resolve: ${alert.message}"
        @click=${() => resolve(alert)}>Resolve</button>` : nothing}</div>`;
}

/** What the appliance refused, beside the alert it is about. */
export function refusal(alert) {
  const stands = standing(alert);
  if (!stands?.text) return nothing;
  return html`<div class="refusal" role="alert"><span>${capital(stands.text)}</span>
    <button class="button plain" aria-label="Put this message away" @click=${() => dismiss(alert.id)}>Close</button></div>`;
}

/** Where an alert stands with the people who are called. */
export function ladder(alert) {
  if (alert.state === 'pending') return 'held back, nobody told yet';
  if (alert.state === 'resolved') return `resolved ${clock(alert.resolved_at, now())}`;
  if (alert.state === 'acknowledged') {
    const until = alert.ack_expires_at ? `, ${span(Date.parse(alert.ack_expires_at) - now())} left` : '';
    return `by ${alert.acknowledged_by ?? 'nobody known'}${until}`;
  }
  const level = alert.escalation_level;
  if (!alert.next_escalation_at) return level ? `level ${level}, the highest` : 'does not escalate';
  const left = Date.parse(alert.next_escalation_at) - now();
  const when = left <= 0 ? 'now' : `in ${countdown(left)}`;
  return level ? `level ${level}, next ${when}` : `escalates ${when}`;
}

/** The small print of an alert: where it is and against which limit. */
export function where(alert) {
  const limit = typeof alert.limit === 'number'
    ? `${alert.limit_type === 'min' ? 'at least' : 'at most'} ${figure(alert.limit)} allowed` : null;
  // the node and its cluster are said already
  const subject = alert.subject && alert.subject !== alert.node && alert.subject !== alert.cluster ? alert.subject : null;
  return [plain(alert.alert_type), subject, limit].filter(Boolean).join(' · ');
}

/** What is to be known of an alert beside its state. */
export function flags(alert) {
  return html`${alert.stale ? html`<span class="flag" title="No reading under it is fresh">stale</span>` : nothing}
    ${alert.degraded ? html`<span class="flag" title="The store was away when it was told">degraded</span>` : nothing}`;
}

/** The row. */
export function row(alert) {
  const shown = alert.state === 'firing' ? alert.severity : alert.state;
  const age = span(now() - Date.parse(began(alert)));
  return html`<article class="alert ${tone(alert.severity)} is-${alert.state}">
    <div class="how"><span class="sign ${tone(alert.severity)}">${mark(shown)}<span>${capital(alert.severity)}</span></span>
      <span class="state">${alert.state}${flags(alert)}</span></div>
    <div class="what">
      <a class="message" href=${address('alert', alert.id)}>${alert.message}</a>
      <div class="small">${where(alert)}</div>
      ${refusal(alert)}
    </div>
    <div class="place"><b>${alert.node ?? alert.cluster}</b><span class="small">${alert.node ? alert.cluster : 'whole cluster'}</span></div>
    ${spark(alert)}
    <div class="when"><time datetime=${began(alert)} title=${clock(began(alert), now())}>${age}</time>
      <span class="small">${ladder(alert)}</span></div>
    ${buttons(alert)}
  </article>`;
}
