/**
 * A list of any length of which only what is on the screen exists. Rows have fixed heights and are kept by their key, so
 * focus stays with a row wherever it moves; when rows come or go above, what one looks at stays where it is.
 * @module
 */
import { render } from './lib.js';
import { paint } from './frame.js';

const BEYOND = 400;

/** `<toc-list>`: give it `.items`, an array of `{key, height, row}` where row gives a template; then `draw()`. */
class List extends HTMLElement {
  /** @type {{key: string, height: number, row: () => any, heading?: boolean}[]} */
  #items = [];
  #tops = [0];
  #index = new Map();
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map();
  #watch = () => paint();

  connectedCallback() {
    this.setAttribute('role', 'list');
    window.addEventListener('scroll', this.#watch, { passive: true });
    window.addEventListener('resize', this.#watch, { passive: true });
  }

  disconnectedCallback() {
    window.removeEventListener('scroll', this.#watch);
    window.removeEventListener('resize', this.#watch);
  }

  set items(items) {
    if (items !== this.#items) {
      const anchor = this.#anchor();
      this.#items = items;
      this.#tops = new Array(items.length + 1);
      this.#tops[0] = 0;
      this.#index.clear();
      items.forEach((item, i) => {
        this.#tops[i + 1] = this.#tops[i] + item.height;
        this.#index.set(item.key, i);
      });
      this.style.height = `${this.#tops[items.length]}px`;
      this.#hold(anchor);
    }
  }

  /** The row that should not move: the one with the focus, or the first one in sight if there is something above it. */
  #anchor() {
    if (!this.isConnected || !this.#items.length) return null;
    const top = this.getBoundingClientRect().top;
    const focused = this.focusedKey;
    if (focused !== null && this.#index.has(focused)) {
      const y = top + this.#tops[this.#index.get(focused)];
      return y > 0 && y < window.innerHeight && top < 0 ? { key: focused, y } : null;
    }
    if (top >= 0) return null;
    const first = this.#at(-top);
    return { key: this.#items[first].key, y: top + this.#tops[first] };
  }

  #hold(anchor) {
    const i = anchor ? this.#index.get(anchor.key) : undefined;
    if (i === undefined) return;
    const y = this.getBoundingClientRect().top + this.#tops[i];
    if (Math.abs(y - anchor.y) >= 1) window.scrollBy({ top: y - anchor.y, behavior: 'instant' });
  }

  /** The item at a height. */
  #at(y) {
    let low = 0;
    let high = this.#items.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#tops[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  /** Puts what is in sight on the screen, as it is now. */
  draw() {
    const wanted = new Set();
    if (this.#items.length) {
      const top = -this.getBoundingClientRect().top;
      const first = this.#at(top - BEYOND);
      const last = this.#at(top + window.innerHeight + BEYOND);
      for (let i = first; i <= last; i += 1) wanted.add(i);
      const focused = this.#index.get(this.focusedKey);
      if (focused !== undefined) wanted.add(focused);
    }
    const keys = new Set([...wanted].map((i) => this.#items[i].key));
    for (const [key, row] of this.#rows) {
      if (!keys.has(key)) {
        row.remove();
        this.#rows.delete(key);
      }
    }
    this.#order([...wanted].sort((a, b) => a - b).map((i) => this.#drawOne(i)));
  }

  /** Puts rows into the order in which they are read; the one with the focus is never moved, since that would lose it. */
  #order(rows) {
    let at = this.firstElementChild;
    for (const row of rows) {
      if (row !== at && row.contains(document.activeElement)) {
        while (at !== row) {
          const next = at.nextElementSibling;
          this.append(at);
          at = next;
        }
      }
      if (row === at) at = at.nextElementSibling;
      else this.insertBefore(row, at);
    }
  }

  #drawOne(i) {
    const item = this.#items[i];
    let row = this.#rows.get(item.key);
    if (!row) {
      row = document.createElement('div');
      row.className = 'item';
      row.dataset.key = item.key;
      row.setAttribute('role', 'listitem');
      this.#rows.set(item.key, row);
      this.append(row);
    }
    row.setAttribute('aria-setsize', this.#items.length);
    row.setAttribute('aria-posinset', i + 1);
    const place = `translateY(${this.#tops[i]}px)`;
    if (row.style.transform !== place) row.style.transform = place;
    const height = `${item.height}px`;
    if (row.style.height !== height) row.style.height = height;
    render(item.row(), row);
    return row;
  }

  /** The key of the row in which the focus is; null if it is elsewhere. */
  get focusedKey() {
    const row = this.contains(document.activeElement) ? document.activeElement.closest('.item') : null;
    return row?.dataset.key ?? null;
  }

  /** Moves the focus by so many rows, over headings; to the first row if it is elsewhere. */
  move(step) {
    let i = this.#index.get(this.focusedKey) ?? (step > 0 ? -1 : this.#items.length);
    do {
      i += Math.sign(step);
    } while (this.#items[i]?.heading);
    if (this.#items[i]) this.focusOn(this.#items[i].key);
  }

  /** Puts the focus on the row of that key. */
  focusOn(key) {
    const i = this.#index.get(key);
    if (i === undefined) return;
    this.#drawOne(i);
    const row = this.#rows.get(key);
    row.querySelector('a, button')?.focus({ preventScroll: true });
    const { top, bottom } = row.getBoundingClientRect();
    const above = 120;
    const below = window.innerHeight - 24;
    if (top < above) window.scrollBy({ top: top - above, behavior: 'instant' });
    else if (bottom > below) window.scrollBy({ top: bottom - below, behavior: 'instant' });
    paint();
  }
}

customElements.define('toc-list', List);
