/**
 * Small signs. Each is a shape of its own, so that nothing is told by colour alone; the word stands beside it.
 * @module
 */
import { html, svg } from './lib.js';
import { capital } from './words.js';

const SHAPES = {
  // a filled octagon with a bang
  critical: svg`<path d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2z" fill="currentColor"/><path class="cut" d="M8 4.2v4.6M8 11v1"/>`,
  // a filled triangle with a bang
  warning: svg`<path d="M8 1.6 15.3 14.4H.7z" fill="currentColor" stroke="currentColor" stroke-linejoin="round"/><path class="cut" d="M8 6.2v3.6M8 11.4v1"/>`,
  // a filled disc with an i
  info: svg`<circle cx="8" cy="8" r="7" fill="currentColor"/><path class="cut" d="M8 7.4v4.2M8 4.4v1"/>`,
  healthy: svg`<circle cx="8" cy="8" r="6.3" class="line"/><path class="line" d="m5 8.2 2.2 2.2L11.2 6"/>`,
  degraded: svg`<circle cx="8" cy="8" r="6.3" class="line"/><path d="M8 1.7a6.3 6.3 0 0 1 0 12.6z" fill="currentColor"/>`,
  unhealthy: svg`<path d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2z" fill="currentColor"/><path class="cut" d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2"/>`,
  unknown: svg`<circle cx="8" cy="8" r="6.3" class="line dashed"/>`,
  acknowledged: svg`<circle cx="8" cy="8" r="6.3" class="line"/><circle cx="8" cy="8" r="2.4" fill="currentColor"/>`,
  resolved: svg`<circle cx="8" cy="8" r="6.3" class="line"/><path class="line" d="m5 8.2 2.2 2.2L11.2 6"/>`,
  pending: svg`<circle cx="8" cy="8" r="6.3" class="line dashed"/><path class="line" d="M8 4.6V8l2.2 1.4"/>`,
  escalated: svg`<path class="line" d="M3.6 8.4 8 4l4.4 4.4M3.6 12.6 8 8.2l4.4 4.4"/>`,
  told: svg`<path class="line" d="M1.8 8 14 2.4 11 13.6 7.4 9.4zM7.4 9.4 14 2.4"/>`,
  failed: svg`<path class="line" d="m4 4 8 8m0-8-8 8"/>`,
  skipped: svg`<path class="line" d="M3 8h10"/>`,
  dot: svg`<circle cx="8" cy="8" r="3.4" fill="currentColor"/>`,
};

/** Which shape stands for what; many things share one. */
const SAME = {
  fail: 'unhealthy', lost: 'unhealthy', pass: 'healthy', available: 'healthy', ok: 'healthy', active: 'healthy',
  timeout: 'degraded', sent: 'told', quarantined: 'unhealthy', retry: 'pending',
};

const TONES = {
  critical: 'crit', unhealthy: 'crit', fail: 'crit', failed: 'crit', lost: 'crit', quarantined: 'crit',
  warning: 'warn', degraded: 'warn', timeout: 'warn', retry: 'warn', escalated: 'warn',
  info: 'info',
  healthy: 'ok', pass: 'ok', ok: 'ok', resolved: 'ok', available: 'ok', active: 'ok',
};

/** The class of the colour of a word such as "critical" or "degraded". */
export function tone(word) {
  return `tone-${TONES[word] ?? 'calm'}`;
}

/** The sign for a word, without the word. */
export function mark(word) {
  const shape = SHAPES[word] ?? SHAPES[SAME[word]] ?? SHAPES.unknown;
  return html`<svg class="mark ${tone(word)}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shape}</svg>`;
}

/** The sign and the word. */
export function sign(word, said = capital(word)) {
  return html`<span class="sign ${tone(word)}">${mark(word)}<span>${said}</span></span>`;
}
