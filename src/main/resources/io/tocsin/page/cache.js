/**
 * Answers that templates ask for while they are drawn. The first time there is none yet; when it comes, the page is drawn
 * again. An answer older than it may be is asked for again while the old one is still shown.
 * @module
 */
import { get } from './api.js';
import { paint } from './frame.js';

const AT_ONCE = 6;
const UNUSED_MS = 120_000;

/** @type {Map<string, {data: any, error: Error|null, at: number, used: number, busy: boolean, stale: boolean}>} */
const kept = new Map();
const waiting = [];
let running = 0;

/**
 * What is known of an answer.
 * @param {string|null} path null asks nothing
 * @param {number} maxAge milliseconds after which it is asked for again
 * @returns {{data: any, error: Error|null, at: number}}
 */
export function known(path, maxAge = 15_000) {
  if (path === null) return { data: null, error: null, at: 0 };
  let entry = kept.get(path);
  if (!entry) {
    entry = { data: null, error: null, at: 0, used: 0, busy: false, stale: true };
    kept.set(path, entry);
  }
  const now = Date.now();
  entry.used = now;
  // what is not offered at all is not asked for again and again
  const age = entry.error?.status === 404 ? Math.max(maxAge, 60_000) : maxAge;
  if (!entry.busy && (entry.stale || now - entry.at > age)) {
    entry.busy = true;
    entry.stale = false;
    waiting.push(path);
    next();
  }
  return entry;
}

/** Says that answers whose address begins so are old. */
export function old(prefix = '') {
  for (const [path, entry] of kept) {
    if (path.startsWith(prefix)) entry.stale = true;
  }
}

/** Lets go of answers that nobody looked at for a while. */
export function sweep() {
  const before = Date.now() - UNUSED_MS;
  for (const [path, entry] of kept) {
    if (entry.used < before && !entry.busy) kept.delete(path);
  }
}

function next() {
  while (running < AT_ONCE && waiting.length) {
    running += 1;
    fetchOne(waiting.shift());
  }
}

async function fetchOne(path) {
  const entry = kept.get(path);
  try {
    entry.data = await get(path);
    entry.error = null;
  } catch (e) {
    entry.error = e;
    if (e.status === 404) entry.data = null;
  }
  entry.at = Date.now();
  entry.busy = false;
  running -= 1;
  paint();
  next();
}
