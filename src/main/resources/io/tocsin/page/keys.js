/**
 * What keys do, and the list of them.
 * @module
 */
import { html, render } from './lib.js';
import { undoLast } from './acts.js';
import { address, ask, go, route } from './route.js';

const HELP = [
  ['j  k', 'next and previous alert'],
  ['Enter', 'open it'],
  ['a', 'acknowledge; it is sent after 5 seconds'],
  ['u', 'undo that'],
  ['r', 'resolve'],
  ['/', 'search'],
  ['1 … 5', 'Now, Clusters, Rules, History, Diagnostics'],
  ['Esc', 'leave the search, clear it, go back to Now'],
  ['?', 'this list'],
];

const VIEWS = { 1: 'now', 2: 'cluster', 3: 'rules', 4: 'history', 5: 'diagnostics' };

/** Shows which keys there are. */
export function help() {
  if (document.querySelector('dialog[open]')) return;
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  dialog.setAttribute('aria-labelledby', 'help-title');
  render(html`<form method="dialog"><h2 id="help-title">Keys</h2>
    <dl class="keys">${HELP.map(([key, does]) => html`<div><dt>${key.split('  ').map((one) => html`<kbd>${one}</kbd>`)}</dt><dd>${does}</dd></div>`)}</dl>
    <h2>Search</h2>
    <p>Words are looked for in message, type, node, cluster and labels. <code>node:n3</code>, <code>cluster:main</code>,
      <code>type:memory</code>, <code>rule:"node is silent"</code> and <code>by:ann</code> look in one place.</p>
    <div class="buttons"><button class="button strong" autofocus>Close</button></div></form>`, dialog);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function writing(target) {
  return target.closest('input, select, textarea, [contenteditable]') !== null;
}

function escape(target) {
  if (writing(target)) {
    if (target.id === 'search' && target.value) ask({ q: '' });
    else target.blur();
  } else if (route.view !== 'now') {
    go('now');
  } else if (route.query.size) {
    location.hash = address('now');
  } else {
    document.activeElement?.blur();
  }
}

/**
 * Listens to the keyboard.
 * @param {() => object} current the keys of the view that is shown
 */
export function listenToKeys(current) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (event.key === 'Escape') {
      escape(event.target);
      return;
    }
    if (writing(event.target)) return;
    const does = general(event.key) ?? current()[event.key];
    if (does) {
      event.preventDefault();
      does();
    }
  });
}

/** At once where it is shown: what is typed next belongs into it. */
function search() {
  const field = () => document.querySelector('#search');
  if (field()) {
    field().focus();
    field().select();
  } else {
    go('now');
    requestAnimationFrame(() => requestAnimationFrame(() => field()?.select()));
  }
}

function general(key) {
  if (key === '?') return help;
  if (key === 'u') return undoLast;
  if (key === '/') return search;
  return VIEWS[key] ? () => go(VIEWS[key]) : null;
}
