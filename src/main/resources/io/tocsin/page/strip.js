/**
 * The monitored clusters at a glance, the worst first.
 * @module
 */
import { html, nothing } from './lib.js';
import { live } from './live.js';
import { mark, sign, tone } from './marks.js';
import { address } from './route.js';
import { capital, count } from './words.js';

const MOST = 8;
const RANK = { unhealthy: 0, degraded: 1, healthy: 3 };

/** Clusters, the worst first. */
export function ranked() {
  const rank = (one) => (one.quorum_status === 'lost' ? -1 : RANK[one.status] ?? 2);
  return [...live.clusters.values()].sort((a, b) => rank(a) - rank(b)
    || b.open_alerts - a.open_alerts || (a.cluster < b.cluster ? -1 : 1));
}

/** As many bars as there are nodes, the healthy ones filled; a share of one bar if there are many. */
export function nodeBar(healthy, total) {
  if (!total) return nothing;
  const cells = Math.min(total, 24);
  const full = Math.round((healthy / total) * cells);
  const down = healthy < total && full === cells ? cells - 1 : full;
  return html`<span class="nodes" aria-hidden="true">${Array.from({ length: cells },
    (_, i) => html`<i class=${i < down ? 'up' : 'down'}></i>`)}</span>`;
}

function card(one) {
  const lost = one.quorum_status === 'lost';
  const word = one.status ?? 'unknown';
  return html`<a class="card ${tone(lost ? 'critical' : word)}" href=${address('cluster', one.cluster)}>
    <span class="card-name">${one.cluster}</span>${sign(word)}
    ${nodeBar(one.healthy_nodes ?? 0, one.total_nodes ?? 0)}
    <span class="small">${one.total_nodes ? html`<b>${one.healthy_nodes} of ${one.total_nodes}</b> healthy` : 'no node seen yet'}</span>
    <span class="small quorum ${lost ? 'tone-crit' : ''}">${lost ? html`${mark('lost')} quorum lost` : one.quorum_status ? `quorum ${one.quorum_status}` : ''}</span>
  </a>`;
}

/** The strip. */
export function strip() {
  const all = ranked();
  if (!all.length) return html`<div class="cards" aria-hidden="true">${live.whole ? nothing : html`<span class="card ghost"></span>`}</div>`;
  const rest = all.slice(MOST);
  return html`<nav class="cards" aria-label="Monitored clusters">${all.slice(0, MOST).map(card)}
    ${rest.length ? html`<a class="card more" href="#/cluster"><span class="card-name">${count(rest.length, 'cluster')} more</span>
      <span class="small">${capital(rest[0].status ?? 'unknown')} at worst</span></a>` : nothing}</nav>`;
}
