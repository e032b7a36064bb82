/**
 * What is open now: alerts and clusters, loaded once and kept up to date by the stream. Without a stream they are asked
 * for every few seconds. A higher revision of an alert always wins, so the order in which answers come does not matter.
 * @module
 */
import { get } from './api.js';
import { old } from './cache.js';
import { paint } from './frame.js';
import { Stream } from './stream.js';
import { LOUDNESS } from './words.js';

const STREAM = '/api/v1/stream?topics=alerts,clusters';
const POLL_MS = 5_000;
const FIRST_PAGE = 200;
const OPEN_STATES = 'pending,firing,acknowledged';
const OPEN = new Set(OPEN_STATES.split(','));
const MOST_ENDED = 500;

export const live = {
  /** @type {Map<string, object>} open alerts by id */
  alerts: new Map(),
  /** @type {Map<string, object>} alerts that ended while the page was open, by id */
  ended: new Map(),
  /** @type {Map<string, object>} by name */
  clusters: new Map(),
  /** counts as the appliance tells them; null until then */
  tally: null,
  /** one more whenever an alert changes */
  version: 0,
  /** whether the first answer is there, and whether all are */
  some: false,
  whole: false,
  /** connecting, live, polling, lost */
  link: 'connecting',
  /** when something was heard last, and when the next attempt is */
  heard: 0,
  next: 0,
  /** why nothing could be loaded; null if it could */
  trouble: null,
};

/** @type {Set<(alert: object, before: object|undefined) => void>} told of each change that the stream brings */
export const watchers = new Set();

let stream = null;
let poll = 0;
let loading = null;

/** Takes an alert that is newer than what is known of it. */
export function take(alert) {
  const before = live.alerts.get(alert.id) ?? live.ended.get(alert.id);
  if (before && before.revision > alert.revision) return false;
  if (OPEN.has(alert.state)) {
    live.alerts.set(alert.id, alert);
    live.ended.delete(alert.id);
  } else {
    live.alerts.delete(alert.id);
    live.ended.delete(alert.id);
    live.ended.set(alert.id, alert);
    if (live.ended.size > MOST_ENDED) live.ended.delete(live.ended.keys().next().value);
  }
  live.version += 1;
  paint();
  return !before || before.revision < alert.revision;
}

/** Begins to listen. */
export function listen() {
  hush();
  live.link = 'connecting';
  connect();
}

function connect() {
  stream = new Stream(STREAM, { event: heard, open: opened, lost, refused });
}

/** Stops listening and forgets everything. */
export function hush() {
  stream?.close();
  stream = null;
  clearTimeout(poll);
  loading = null;
  Object.assign(live, { some: false, whole: false, tally: null, trouble: null });
  live.alerts.clear();
  live.ended.clear();
  live.clusters.clear();
  live.version += 1;
}

/** Tries at once. */
export function hurry() {
  if (live.link === 'polling') {
    clearTimeout(poll);
    pollOnce();
  } else {
    stream?.hurry();
  }
}

function opened(resumes) {
  live.link = 'live';
  live.heard = Date.now();
  if (!resumes || !live.whole) load();
  // answers about other things may have changed meanwhile
  old();
  paint();
}

function lost(next) {
  live.link = 'lost';
  live.next = next;
  if (!live.some) load();
  paint();
}

function refused(status) {
  if (status === 404) {
    live.link = 'polling';
    pollOnce();
  } else {
    live.link = 'lost';
    live.trouble = 'you have to log in, or your role may not see this';
  }
  paint();
}

function heard(name, data) {
  live.heard = Date.now();
  const what = data ? JSON.parse(data) : null;
  if (name === 'alert') {
    const before = live.alerts.get(what.id);
    if (take(what)) {
      old(`/api/v1/alerts/${what.id}/`);
      watchers.forEach((watch) => watch(what, before));
    }
  } else if (name === 'cluster') {
    live.clusters.set(what.cluster, what);
  } else if (name === 'tally') {
    live.tally = what;
  } else if (name === 'reset') {
    load();
    old();
  }
  paint();
}

async function pollOnce() {
  await load();
  live.heard = live.trouble ? live.heard : Date.now();
  paint();
  // an appliance that was away may be another one when it is back, with a stream
  if (live.link === 'polling') poll = setTimeout(live.trouble ? connect : pollOnce, POLL_MS);
}

/** Asks for everything anew; what is worst comes first, so that it is on the screen while the rest is on its way. */
async function load() {
  const mine = {};
  loading = mine;
  const seen = new Set();
  const late = new Set();
  const watch = (alert) => late.add(alert.id);
  watchers.add(watch);
  try {
    const clusters = get('/api/v1/clusters');
    // awaited below; what fails first is what is said
    clusters.catch(() => {});
    for (const severity of Object.keys(LOUDNESS)) {
      await pages(severity, seen, () => loading === mine);
    }
    live.clusters = new Map((await clusters).map((one) => [one.cluster, one]));
    if (loading !== mine) return;
    for (const id of live.alerts.keys()) {
      if (!seen.has(id) && !late.has(id)) live.alerts.delete(id);
    }
    live.whole = true;
    live.trouble = null;
  } catch (e) {
    if (loading === mine) live.trouble = e.message;
  } finally {
    watchers.delete(watch);
    live.version += 1;
    paint();
  }
}

async function pages(severity, seen, wanted) {
  let cursor = null;
  let limit = FIRST_PAGE;
  do {
    const tail = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const page = await get(`/api/v1/alerts?state=${OPEN_STATES}&severity=${severity}&limit=${limit}${tail}`);
    if (!wanted()) return;
    for (const alert of page.alerts) {
      seen.add(alert.id);
      take(alert);
    }
    live.some = true;
    cursor = page.next_cursor;
    limit = 1000;
  } while (cursor);
}
