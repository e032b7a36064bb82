/**
 * Starts the page: learns who is there, listens to the appliance, draws the view that the address names.
 * @module
 */
import { html, render } from './lib.js';
import { learnSession, mustLogIn, session } from './api.js';
import { sweep } from './cache.js';
import { paint, paintWith } from './frame.js';
import { listenToKeys } from './keys.js';
import { hush, listen } from './live.js';
import { onMove, route } from './route.js';
import { shell } from './shell.js';
import * as now from './now.js';
import * as alert from './alert.js';
import * as cluster from './cluster.js';
import * as rules from './rules.js';
import * as history from './history.js';
import * as diagnostics from './diagnostics.js';

const VIEWS = { now, alert, cluster, rules, history, diagnostics };
const SECOND = 1_000;

const page = document.querySelector('#page');
let listening = false;

function current() {
  return VIEWS[route.view] ?? now;
}

/** Begins to listen when somebody may, and ends it when nobody may any more. */
function settle() {
  const may = session !== null && !mustLogIn();
  if (may !== listening) {
    listening = may;
    if (may) listen();
    else hush();
  }
}

function draw() {
  settle();
  const view = current();
  render(shell(session === null ? html`` : view.view()), page);
  page.querySelectorAll('toc-list').forEach((list) => list.draw());
  const title = mustLogIn() ? 'Log in' : view.title();
  const whole = `${title} · Tocsin`;
  if (document.title !== whole) document.title = whole;
}

async function start() {
  try {
    await learnSession();
  } catch {
    setTimeout(start, 2 * SECOND);
  }
}

paintWith(draw);
onMove(() => window.scrollTo({ top: 0, behavior: 'instant' }));
listenToKeys(() => current().keys ?? {});
setInterval(() => {
  sweep();
  paint();
}, SECOND);
document.addEventListener('visibilitychange', paint);
paint();
start();
