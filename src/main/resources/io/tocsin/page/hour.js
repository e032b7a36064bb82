/**
 * Charts of the last hour of a cluster: throughput, latency, resources; a line for each node.
 * @module
 */
import { html, nothing } from './lib.js';
import { known } from './cache.js';
import { now } from './frame.js';
import { capital, count, measured, plain } from './words.js';

const HOUR = 3_600_000;
const REFRESH_MS = 15_000;
const MOST_CHARTS = 24;
const MOST_LINES = 24;

/** Which percentiles can be chosen. */
export const PERCENTILES = ['p50', 'p95', 'p99', 'max'];

const KINDS = ['throughput', 'latency', 'resource_usage', 'metric'];

/** The charts; of one node if one is named, which then shows its percentiles side by side. */
export function charts(cluster, node, percentile) {
  const query = new URLSearchParams({ cluster, since: '1h', limit: 1000 });
  if (node) query.set('node', node);
  const answer = known(`/api/v1/series?${query}`, REFRESH_MS);
  if (!answer.data) {
    const text = answer.error?.status === 404 ? 'No readings are kept.' : answer.error ? `${capital(answer.error.message)}.` : 'Loading …';
    return html`<p class="quiet panel pad">${text}</p>`;
  }
  const found = sorted(answer.data.series, node, percentile);
  if (!found.length) return html`<p class="quiet panel pad">No figures came in within the last hour.</p>`;
  return html`<div class="charts">${found.slice(0, MOST_CHARTS).map(chart)}</div>
    ${found.length > MOST_CHARTS ? html`<p class="small">and ${count(found.length - MOST_CHARTS, 'chart')} more; choose a node to see less at once</p>` : nothing}`;
}

/** The series under the charts they belong to, in an order that does not change. */
function sorted(all, node, percentile) {
  const found = new Map();
  for (const series of all) {
    if (!KINDS.includes(series.type) || !series.points.length) continue;
    if (series.type === 'latency' && !node && series.key.percentile !== percentile) continue;
    const subject = series.key.operation ?? series.key.resource_type ?? series.key.name ?? '';
    const key = `${KINDS.indexOf(series.type)} ${subject}`;
    if (!found.has(key)) found.set(key, { key, type: series.type, subject, unit: series.unit, lines: [], limits: new Map() });
    const one = found.get(key);
    one.lines.push({ name: lineName(series, node), points: series.points });
    for (const limit of series.limits ?? []) {
      if (typeof limit.limit === 'number') one.limits.set(limit.limit, limit);
    }
  }
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function lineName(series, node) {
  const labels = Object.entries(series.labels ?? {}).map(([name, value]) => `${name}=${value}`).join(' ');
  const own = [series.key.percentile, labels].filter(Boolean).join(' ');
  return (node ? own || series.node : [series.node, labels].filter(Boolean).join(' ')) || series.type;
}

const TITLES = { throughput: 'throughput', latency: 'latency', resource_usage: 'in use', metric: '' };

function chart(one) {
  const lines = one.lines.sort((a, b) => (a.name < b.name ? -1 : 1));
  const shown = lines.slice(0, MOST_LINES);
  const data = {
    lines: shown, limits: [...one.limits.values()], unit: one.unit, from: now() - HOUR, to: now(), height: 170,
    ...(one.type === 'resource_usage' ? { low: 0, high: 100 } : { low: 0 }),
  };
  return html`<section class="panel pad chart"><h3>${capital(plain(one.subject))} ${TITLES[one.type]} <span class="small">${one.unit === 'percent' ? '%' : one.unit ?? ''}</span></h3>
    <toc-chart .data=${data}></toc-chart>
    <ul class="legend">${shown.map((line, i) => html`<li><svg class="key-line line-${(i % 6) + 1}" viewBox="0 0 18 4" aria-hidden="true"><path d="M0 2h18"/></svg>
      ${line.name} <b>${measured(line.points.at(-1)[1], one.unit === 'bytes' ? 'bytes' : null)}</b></li>`)}
      ${lines.length > MOST_LINES ? html`<li class="small">${count(lines.length - MOST_LINES, 'line')} more</li>` : nothing}</ul></section>`;
}
