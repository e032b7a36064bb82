/**
 * Who is at this page, where nobody logs in: asked once, kept by the browser.
 * @module
 */
import { html, render } from './lib.js';
import { paint } from './frame.js';

const KEY = 'tocsin.name';

/** The name given last; empty if none was. */
export function givenName() {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

function keep(name) {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // a browser that keeps nothing asks each time
  }
}

/** The name; asked for in a dialog if it is not known, or if it is to be another. Null if that is closed. */
export function askName(again = false) {
  const known = givenName();
  if (known && !again) return Promise.resolve(known);
  return new Promise((done) => {
    const dialog = document.createElement('dialog');
    dialog.className = 'dialog';
    dialog.setAttribute('aria-labelledby', 'name-title');
    const answer = (event) => {
      const name = new FormData(event.target).get('name').trim();
      if (name) keep(name);
      dialog.returnValue = name;
    };
    render(html`
      <form method="dialog" @submit=${answer}>
        <h2 id="name-title">Who are you?</h2>
        <p>Others see who acknowledged and resolved. This browser remembers it.</p>
        <label class="field">Name
          <input name="name" .value=${known} required maxlength="256" autocomplete="name" autofocus>
        </label>
        <div class="buttons">
          <button class="button" type="button" @click=${() => dialog.close('')}>Cancel</button>
          <button class="button strong" type="submit">That is me</button>
        </div>
      </form>`, dialog);
    dialog.addEventListener('close', () => {
      dialog.remove();
      paint();
      done(dialog.returnValue || null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
