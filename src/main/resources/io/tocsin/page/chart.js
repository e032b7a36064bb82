/**
 * Charts over time, drawn by uPlot in the colours of the page.
 * @module
 */
import { figure, measured } from './words.js';

const DARK = matchMedia('(prefers-color-scheme: dark)');
const DASHES = [[], [6, 3], [2, 3], [8, 3, 2, 3], [1, 2], [10, 4]];
const COLOURS = 6;
const WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const STEADY_MS = 5_000;

/**
 * `<toc-chart>`: `.data` is `{lines: [{name, points: [[ms, value]]}], limits: [{limit, severity}], marks: [{at, text}],
 * unit, from, to, height, stepped, whole, low, high}`. Lines differ by colour and by dash; what was read last is said in words.
 */
class Chart extends HTMLElement {
  #data = null;
  #plot = null;
  #drawn = 0;
  #watch = new ResizeObserver(() => this.#fit());
  #again = () => this.#make();

  connectedCallback() {
    this.#watch.observe(this);
    DARK.addEventListener('change', this.#again);
    this.#make();
  }

  disconnectedCallback() {
    this.#watch.disconnect();
    DARK.removeEventListener('change', this.#again);
    this.#plot?.destroy();
    this.#plot = null;
  }

  set data(data) {
    const before = this.#data;
    if (before && Date.now() - this.#drawn < STEADY_MS && alike(before, data)) return;
    this.#data = data;
    this.#drawn = Date.now();
    this.setAttribute('role', 'img');
    this.setAttribute('aria-label', spoken(data));
    if (!this.isConnected) return;
    const same = before && this.#plot && before.lines.length === data.lines.length
      && before.lines.every((line, i) => line.name === data.lines[i].name);
    if (same) this.#plot.setData(columns(data));
    else this.#make();
  }

  #fit() {
    if (this.#plot && this.clientWidth) this.#plot.setSize({ width: this.clientWidth, height: this.#height() });
    else this.#make();
  }

  #height() {
    return this.#data?.height ?? 180;
  }

  #make() {
    const Plot = globalThis.uPlot;
    this.#plot?.destroy();
    this.#plot = null;
    if (!Plot || !this.#data || !this.isConnected || !this.clientWidth) return;
    this.#plot = new Plot(this.#options(Plot), columns(this.#data), this);
  }

  #options(Plot) {
    const css = getComputedStyle(this);
    const colour = (name) => css.getPropertyValue(name).trim();
    const font = `11px ${css.fontFamily}`;
    const axis = {
      stroke: colour('--ink-3'), font, grid: { stroke: colour('--rule'), width: 1 }, ticks: { show: false },
    };
    const paths = this.#data.stepped ? Plot.paths.stepped({ align: 1 }) : undefined;
    return {
      width: this.clientWidth,
      height: this.#height(),
      padding: [10, 10, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      scales: {
        x: { range: (_, low, high) => [this.#data.from / 1000 || low, this.#data.to / 1000 || high] },
        y: { range: (_, low, high) => this.#range(low, high) },
      },
      axes: [
        { ...axis, size: 26, space: 70, values: (_, ticks) => ticks.map(shortTime) },
        { ...axis, size: 56, space: 34, ...(this.#data.whole ? { incrs: WHOLE } : {}), values: (_, ticks) => ticks.map((tick) => short(tick, this.#data.unit)) },
      ],
      series: [{}, ...this.#data.lines.map((line, i) => ({
        label: line.name,
        stroke: colour(`--line-${(i % COLOURS) + 1}`),
        dash: DASHES[Math.floor(i / COLOURS) % DASHES.length].concat(),
        width: line.strong ? 2.5 : 1.75,
        points: { show: false },
        spanGaps: true,
        paths,
      }))],
      hooks: {
        draw: [(plot) => this.#drawLimits(plot, colour, font)],
        setCursor: [(plot) => this.#say(plot)],
      },
    };
  }

  #range(low, high) {
    const limits = (this.#data.limits ?? []).map((one) => one.limit);
    const least = Math.min(low ?? 0, ...limits, this.#data.low ?? Infinity);
    const most = Math.max(high ?? 1, ...limits, this.#data.high ?? -Infinity);
    const room = (most - least || Math.abs(most) || 1) * 0.08;
    return [this.#data.low === least ? least : least - room, this.#data.high === most ? most : most + room];
  }

  #drawLimits(plot, colour, font) {
    const { ctx, bbox } = plot;
    const scale = devicePixelRatio;
    ctx.save();
    ctx.font = font.replace('11px', `${11 * scale}px`);
    ctx.textAlign = 'left';
    for (const one of this.#data.limits ?? []) {
      const y = plot.valToPos(one.limit, 'y', true);
      ctx.strokeStyle = ctx.fillStyle = colour(one.severity === 'critical' ? '--crit' : '--warn');
      ctx.setLineDash([5 * scale, 4 * scale]);
      ctx.lineWidth = 1.25 * scale;
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
      const above = y - bbox.top > 16 * scale;
      ctx.fillText(`limit ${figure(one.limit)}`, bbox.left + 5 * scale, above ? y - 4 * scale : y + 13 * scale);
    }
    for (const one of this.#data.marks ?? []) {
      const x = plot.valToPos(one.at / 1000, 'x', true);
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.strokeStyle = ctx.fillStyle = colour('--ink-3');
      ctx.setLineDash([2 * scale, 3 * scale]);
      ctx.lineWidth = scale;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      const late = x > bbox.left + bbox.width * 0.8;
      ctx.textAlign = late ? 'right' : 'left';
      ctx.fillText(one.text, x + (late ? -4 : 4) * scale, bbox.top + bbox.height - 5 * scale);
    }
    ctx.restore();
  }

  /** Tells those who listen what is under the pointer. */
  #say(plot) {
    this.dispatchEvent(new CustomEvent('point', { detail: plot.cursor.idx ?? null }));
  }
}

/** Whether two are the same but for the time that passes. */
function alike(a, b) {
  return a.lines.length === b.lines.length && a.lines.every((line, i) => line.name === b.lines[i].name
    && line.points === b.lines[i].points) && JSON.stringify([a.limits, a.marks]) === JSON.stringify([b.limits, b.marks]);
}

function shortTime(s) {
  return new Date(s * 1000).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

function short(value, unit) {
  return unit === 'bytes' ? measured(value, unit).replace('iB', '') : figure(value);
}

/** The points of all lines over the instants of all of them, as uPlot wants them; instants in seconds. */
function columns(data) {
  const instants = [...new Set(data.lines.flatMap((line) => line.points.map(([at]) => at)))].sort((a, b) => a - b);
  const rows = data.lines.map((line) => {
    const values = new Map(line.points);
    return instants.map((at) => values.get(at) ?? null);
  });
  return [instants.map((at) => at / 1000), ...rows];
}

function spoken(data) {
  const lines = data.lines.slice(0, 8).map((line) => `${line.name} ${measured(line.points.at(-1)?.[1], data.unit)}`);
  const limits = (data.limits ?? []).map((one) => `limit ${figure(one.limit)}`);
  return `Chart, last values: ${[...lines, ...limits].join(', ')}`;
}

customElements.define('toc-chart', Chart);
