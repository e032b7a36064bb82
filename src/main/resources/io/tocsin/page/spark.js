/**
 * The last hour of a reading in the space of a word, with the limit drawn in.
 * @module
 */
import { html, nothing, svg } from './lib.js';
import { known } from './cache.js';
import { figure, measured } from './words.js';

const WIDTH = 132;
const HEIGHT = 34;
const PAD = 3;
const REFRESH_MS = 15_000;

/** What the appliance knows of the readings around an alert in the last hour. */
export function seriesOf(alert) {
  const query = new URLSearchParams({ cluster: alert.cluster, since: '1h' });
  if (alert.node) query.set('node', alert.node);
  return known(`/api/v1/series?${query}`, REFRESH_MS);
}

/** The series an alert is about: the one its rules name, or in which its value was seen; null if it cannot be told. */
export function itsSeries(alert, all) {
  let best = null;
  let most = 1;
  for (const one of all) {
    const points = relevance(alert, one);
    if (points > most) {
      best = one;
      most = points;
    }
  }
  return best;
}

function relevance(alert, series) {
  const rules = new Set(alert.rules.map((rule) => rule.name));
  const named = [...Object.values(series.key ?? {}), ...Object.values(series.labels ?? {})].map(String);
  const seen = typeof alert.value === 'number' && series.points.some(([, value]) => value === alert.value);
  return (series.limits?.some((limit) => rules.has(limit.rule)) ? 4 : 0)
    + (seen ? 2 : 0)
    + named.filter((part) => alert.subject.includes(part) || alert.alert_type.includes(part)).length * 0.5;
}

/** The limits to draw: the alert's own, or those that its rules set. */
export function limitsOf(alert, series) {
  if (typeof alert.limit === 'number') {
    return [{ limit: alert.limit, limit_type: alert.limit_type, severity: alert.severity }];
  }
  const rules = new Set(alert.rules.map((rule) => rule.name));
  return (series?.limits ?? []).filter((limit) => rules.has(limit.rule) && typeof limit.limit === 'number');
}

/** The sparkline of an alert; empty of the same size while nothing is known. */
export function spark(alert) {
  const { data } = seriesOf(alert);
  const series = data ? itsSeries(alert, data.series) : null;
  const points = series?.points.filter(([, value]) => typeof value === 'number') ?? [];
  return html`<div class="spark">${points.length < 2 ? nothing : drawn(points, limitsOf(alert, series), series.unit)}</div>`;
}

function drawn(points, limits, unit) {
  const values = [...points.map(([, value]) => value), ...limits.map((one) => one.limit)];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const from = points[0][0];
  const to = points.at(-1)[0];
  const x = (at) => ((at - from) / (to - from || 1)) * (WIDTH - 2 * PAD) + PAD;
  const y = (value) => HEIGHT - PAD - ((value - low) / (high - low || 1)) * (HEIGHT - 2 * PAD);
  const line = points.map(([at, value], i) => `${i ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  const last = points.at(-1)[1];
  const said = `the last hour: now ${measured(last, unit)}`
    + limits.map((one) => `, limit ${figure(one.limit)}`).join('');
  return html`
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${said}>
      ${limits.map((one) => svg`<path class="spark-limit" d="M0 ${y(one.limit).toFixed(1)}H${WIDTH}"/>`)}
      ${svg`<path class="spark-line" d=${line}/><circle class="spark-dot" cx=${x(to)} cy=${y(last)} r="2.6"/>`}
    </svg>`;
}
