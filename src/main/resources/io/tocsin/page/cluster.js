/**
 * One monitored cluster: which part of which node is well, and the last hour of what it does; or all clusters.
 * @module
 */
import { html, nothing } from './lib.js';
import { known } from './cache.js';
import './chart.js';
import { charts, PERCENTILES } from './hour.js';
import { now } from './frame.js';
import { live } from './live.js';
import { mark, sign, tone } from './marks.js';
import { address, ask, go, route } from './route.js';
import { nodeBar, ranked } from './strip.js';
import { capital, clock, count, span } from './words.js';

const REFRESH_MS = 10_000;

function path(tail) {
  return `/api/v1/clusters/${encodeURIComponent(route.id)}${tail}`;
}

/** The view. */
export function view() {
  return route.id ? one() : all();
}

function all() {
  const clusters = ranked();
  return html`<div class="title-line"><h1>Clusters</h1></div>
    <section class="panel pad"><div class="scroll" tabindex="0" role="region" aria-label="Monitored clusters"><table>
      <thead><tr><th>Cluster</th><th>Status</th><th>Nodes</th><th></th><th>Quorum</th><th class="end">Open alerts</th><th>Owner</th></tr></thead>
      <tbody>${clusters.map((each) => html`<tr>
        <td><a href=${address('cluster', each.cluster)}><b>${each.cluster}</b></a></td><td>${sign(each.status ?? 'unknown')}</td>
        <td class="nowrap">${each.healthy_nodes ?? 0} of ${each.total_nodes ?? 0}</td><td class="bar-cell">${nodeBar(each.healthy_nodes ?? 0, each.total_nodes ?? 0)}</td>
        <td>${sign(each.quorum_status ?? 'unknown')}</td><td class="end">${each.open_alerts ?? 0}</td><td class="small">${each.owner ?? 'this member'}</td></tr>`)}
      </tbody></table></div>
      ${clusters.length ? nothing : html`<p class="quiet">${live.whole ? 'Nothing is monitored yet: no telemetry came in.' : 'Loading …'}</p>`}</section>`;
}

function one() {
  const cluster = live.clusters.get(route.id) ?? { cluster: route.id };
  const nodes = known(path('/nodes'), REFRESH_MS);
  const history = known(`${path('/history')}?since=1h`, REFRESH_MS * 3);
  const node = route.query.get('node') ?? '';
  return html`<div class="stack">
    <header class="panel pad head ${tone(cluster.status)}">
      <p class="crumbs"><a href="#/cluster">Clusters</a></p>
      <div class="title-line"><h1>${cluster.cluster}</h1>${sign(cluster.status ?? 'unknown')}</div>
      <dl class="facts-line">
        ${pair('Nodes', html`<b>${cluster.healthy_nodes ?? '–'}</b> of ${cluster.total_nodes ?? '–'} healthy`)}
        ${pair('Quorum', sign(cluster.quorum_status ?? 'unknown'))}
        ${pair('Open alerts', html`<a href=${address('now', '', { q: `cluster:${quoted(cluster.cluster)}` })}>${openOf(cluster.cluster)}</a>`)}
        ${pair('Owner', cluster.owner ?? 'this member')}
        ${cluster.series === undefined ? nothing : pair('Series', cluster.series.toLocaleString('en-GB'))}
      </dl>
    </header>
    <div class="columns wide-first">
      <section class="panel pad" aria-labelledby="matrix-title"><h2 id="matrix-title">Nodes and components</h2>
        ${nodes.data ? matrix(nodes.data.nodes, node) : absent(nodes)}</section>
      <section class="panel pad" aria-labelledby="health-title"><h2 id="health-title">Health in the last hour</h2>
        ${history.data ? health(history.data.points) : absent(history)}</section>
    </div>
    <div class="title-line hour"><h2>The last hour</h2>
      <span class="choices">${choice('node', 'Node', [['', 'all'], ...(nodes.data?.nodes ?? []).map((each) => [each.node, each.node])], node)}
      ${choice('p', 'Latency', PERCENTILES.map((each) => [each, each]), route.query.get('p') ?? 'p99')}</span></div>
    ${charts(route.id, node, route.query.get('p') ?? 'p99')}
  </div>`;
}

function quoted(text) {
  return /\s/.test(text) ? `"${text}"` : text;
}

function openOf(name) {
  let n = 0;
  for (const alert of live.alerts.values()) n += alert.cluster === name && alert.state !== 'pending';
  return n;
}

function pair(name, value) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function absent(answer) {
  const text = answer.error?.status === 404 ? 'Nothing is known of it.' : answer.error ? `${capital(answer.error.message)}.` : 'Loading …';
  return html`<p class="quiet">${text}</p>`;
}

function choice(name, label, options, value) {
  return html`<label class="choice"><span>${label}</span><select name=${name} @change=${(event) => ask({ [name]: event.target.value })}>
    ${options.map(([word, said]) => html`<option value=${word} ?selected=${word === value}>${said}</option>`)}</select></label>`;
}

function matrix(nodes, chosen) {
  const trouble = new Map();
  for (const part of nodes.flatMap((node) => node.components)) {
    trouble.set(part.component, (trouble.get(part.component) ?? 0) + (part.status !== 'healthy'));
  }
  // where something is wrong comes first
  const components = [...trouble.keys()].sort((a, b) => trouble.get(b) - trouble.get(a) || (a < b ? -1 : 1));
  if (!nodes.length) return html`<p class="quiet">No node was heard of yet.</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="matrix-title"><table class="matrix">
    <thead><tr><th>Node</th>${components.map((name) => html`<th>${name}</th>`)}</tr></thead>
    <tbody>${nodes.map((node) => html`<tr class=${node.node === chosen ? 'chosen' : ''}>
      <th scope="row"><button class="plain-link" aria-pressed=${node.node === chosen} title="Its charts only"
        @click=${() => ask({ node: node.node === chosen ? '' : node.node })}>${mark(node.status)}<span>${node.node}</span><span class="hidden">${node.status}</span></button></th>
      ${components.map((name) => cell(node.components.find((part) => part.component === name)))}</tr>`)}</tbody></table></div>`;
}

function cell(part) {
  if (!part) return html`<td class="quiet"><span aria-label="has none">·</span></td>`;
  const age = part.last_seen ? now() - Date.parse(part.last_seen) : 0;
  const title = [part.detail, part.last_seen ? `last seen ${span(age)} ago` : null].filter(Boolean).join(', ');
  return html`<td title=${title}>${sign(part.status)}${part.status === 'healthy' ? nothing : html`<div class="small">${
    [part.detail, age > 60_000 ? `${span(age)} ago` : null].filter(Boolean).join(', ')}</div>`}</td>`;
}

/** How many nodes were healthy, as steps, and the changes in words. */
function health(points) {
  if (!points.length) return html`<p class="quiet">Nothing changed in the last hour.</p>`;
  const line = points.map((point) => [Date.parse(point.at), point.healthy_nodes]);
  const last = points.at(-1);
  const data = {
    lines: [{ name: 'healthy nodes', points: [...line, [Math.floor(now() / 10_000) * 10_000, last.healthy_nodes]], strong: true }],
    stepped: true, low: 0, high: Math.max(...points.map((point) => point.total_nodes)) + 0.3, from: now() - 3_600_000, to: now(), height: 150, whole: true,
  };
  return html`<toc-chart class="low" .data=${data}></toc-chart>
    <ol class="changes">${points.slice(-4).reverse().map((point) => html`<li>
      <time class="small" datetime=${point.at}>${clock(point.at, now())}</time>${sign(point.status)}
      <span class="small">${point.healthy_nodes} of ${count(point.total_nodes, 'node')}${point.quorum_status === 'lost' ? ', quorum lost' : ''}</span></li>`)}</ol>`;
}

/** What keys do here. */
export const keys = { k: () => go('cluster') };

/** The title of the window. */
export function title() {
  return route.id || 'Clusters';
}
