/**
 * Where one is, as the address says it: "#/now?severity=critical&q=n3", "#/alert/0123456789ab-1". Filters live in the
 * address, so a reload or a link shows the same.
 * @module
 */
import { paint } from './frame.js';

/** What the address says at present. */
export let route = read();

function read() {
  const text = location.hash.replace(/^#\/?/, '');
  const cut = text.indexOf('?');
  const path = cut < 0 ? text : text.slice(0, cut);
  const [view, ...rest] = path.split('/');
  return {
    view: view || 'now',
    id: decode(rest.join('/')),
    query: new URLSearchParams(cut < 0 ? '' : text.slice(cut + 1)),
  };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of a view; empty values are left out. */
export function address(view, id = '', query = {}) {
  const filled = Object.entries(query).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  const tail = new URLSearchParams(filled).toString();
  return `#/${view}${id ? `/${encodeURIComponent(id)}` : ''}${tail ? `?${tail}` : ''}`;
}

/** Goes there. */
export function go(view, id, query) {
  location.hash = address(view, id, query);
}

/** Changes values of the address in place: no step for the back button. */
export function ask(changes) {
  const query = Object.fromEntries(route.query);
  history.replaceState(null, '', address(route.view, route.id, { ...query, ...changes }));
  route = read();
  paint();
}

/** Calls back whenever the address leads to another view. */
export function onMove(moved) {
  window.addEventListener('hashchange', () => {
    const before = route;
    route = read();
    if (before.view !== route.view || before.id !== route.id) {
      moved();
    }
    paint();
  });
}
