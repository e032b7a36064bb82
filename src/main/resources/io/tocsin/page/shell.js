/**
 * What stands around every view: the bar with the ways to go, how live it is, who is there; the banner; the log-in.
 * @module
 */
import { html, nothing, svg } from './lib.js';
import { logIn, logOut, mustLogIn, session } from './api.js';
import { now, paint } from './frame.js';
import { help } from './keys.js';
import { hurry, live } from './live.js';
import { mark } from './marks.js';
import { askName, givenName } from './name.js';
import { route } from './route.js';
import { capital, span } from './words.js';

const PLACES = [['now', 'Now'], ['cluster', 'Clusters'], ['rules', 'Rules'], ['history', 'History'], ['diagnostics', 'Diagnostics']];
const STALE_MS = 20_000;
const GRACE_MS = 2_500;

const BELL = svg`<path d="M8 1.800c-2.700 0-4.200 1.800-4.500 4.700-.2 2.400-.7 3.400-1.600 4.400h12.200c-.9-1-1.400-2-1.600-4.400C12.200 3.600 10.700 1.800 8 1.800zM6.300 12.300a1.800 1.800 0 0 0 3.400 0z" fill="currentColor"/>`;

let lostSince = 0;

/** How live the page is: a word, a sign and whether that is fine. */
function liveness() {
  const silent = Date.now() - live.heard;
  if (live.link === 'live' && silent < STALE_MS) return { word: 'Live', sign: 'dot', fine: true };
  if (live.link === 'polling' && !live.trouble) return { word: 'Every 5 s', sign: 'dot', fine: true };
  if (live.link === 'connecting') return { word: 'Connecting', sign: 'pending', fine: true };
  return { word: 'Not live', sign: 'failed', fine: false };
}

function person() {
  if (session?.user) {
    return html`<span class="person">${session.user}</span>
      <button class="button plain" @click=${() => logOut()}>Log out</button>`;
  }
  const name = givenName();
  return name ? html`<button class="button plain person" title="Answer under another name" @click=${() => askName(true)}>${name}</button>` : nothing;
}

function bar() {
  const how = liveness();
  const here = route.view === 'alert' ? 'now' : route.view;
  return html`<header class="bar">
    <a class="skip" href="#main" @click=${skip}>To the content</a>
    <a class="brand" href="#/now"><svg viewBox="0 0 16 16" aria-hidden="true">${BELL}</svg>Tocsin</a>
    <nav aria-label="Views">${PLACES.map(([view, said]) => html`
      <a href="#/${view}" aria-current=${view === here ? 'page' : nothing}>${said}</a>`)}</nav>
    <div class="bar-end">
      <span class="live ${how.fine ? 'tone-ok' : 'tone-crit'}" role="status">${mark(how.sign)}<span>${how.word}</span></span>
      ${person()}
      <button class="button plain key" aria-label="Keys and help" title="Keys and help (?)" @click=${help}>?</button>
    </div>
  </header>`;
}

function skip(event) {
  event.preventDefault();
  document.querySelector('#main').focus();
}

/** Says so when what is shown may be old. */
function banner() {
  if (liveness().fine) {
    lostSince = 0;
    return nothing;
  }
  lostSince ||= Date.now();
  if (Date.now() - lostSince < GRACE_MS) return nothing;
  const heard = live.heard ? `What you see is ${span(Date.now() - live.heard)} old. ` : '';
  const next = live.next > Date.now() ? `Trying again in ${span(live.next - Date.now() + 999)}.` : 'Trying again …';
  return html`<div class="banner" role="alert">${mark('unhealthy')}
    <p><b>Not connected to the appliance.</b> ${heard}${live.trouble ? `${capital(live.trouble)}. ` : ''}<span aria-live="off">${next}</span></p>
    <button class="button" @click=${hurry}>Try now</button></div>`;
}

let refusal = '';

async function submit(event) {
  event.preventDefault();
  const form = new FormData(event.target);
  refusal = '';
  try {
    await logIn(form.get('user'), form.get('password'));
  } catch (e) {
    refusal = e.message;
    event.target.querySelector('[name=password]').select();
  }
  paint();
}

/** The form for those who have to log in first. */
function logInForm() {
  return html`<main id="main" class="login"><form class="panel" @submit=${submit}>
    <h1><svg viewBox="0 0 16 16" aria-hidden="true">${BELL}</svg>Tocsin</h1>
    <label class="field">User<input name="user" autocomplete="username" required autofocus></label>
    <label class="field">Password<input name="password" type="password" autocomplete="current-password" required></label>
    <p class="refusal" role="alert">${capital(refusal)}</p>
    <button class="button strong" type="submit">Log in</button>
  </form></main>`;
}

/** The whole page around a view. */
export function shell(view) {
  if (mustLogIn()) return logInForm();
  return html`${bar()}${banner()}<main id="main" tabindex="-1">${view}</main>
    <footer class="foot"><span>Times are ${Intl.DateTimeFormat().resolvedOptions().timeZone}</span>
      <time datetime=${new Date(now()).toISOString()}>${new Date(now()).toLocaleTimeString('en-GB')}</time></footer>`;
}
