/**
 * Asks the appliance and sends commands. A refusal is a {@link Refused} with its reason as the appliance words it.
 * @module
 */
import { paint, tick } from './frame.js';

/** An answer other than a good one. */
export class Refused extends Error {
  /**
   * @param {number} status of HTTP; 0 if nobody answered
   * @param {string} reason for people
   */
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

/** Who is logged in: `{user, role, accounts, csrf}`; null until the appliance said. */
export let session = null;

const ROLES = ['viewer', 'responder', 'admin'];

/** Whether who is there may acknowledge and resolve. */
export function mayAnswer() {
  return session !== null && ROLES.indexOf(session.role) >= ROLES.indexOf('responder');
}

/** Whether somebody has to log in first. */
export function mustLogIn() {
  return session !== null && session.accounts && !session.user;
}

/** Learns who is logged in. An appliance without accounts lets everybody in. */
export async function learnSession() {
  try {
    session = await get('/api/v1/session');
  } catch (e) {
    if (e.status === 404) {
      session = { user: null, role: 'admin', accounts: false, csrf: null };
    } else if (e.status === 401) {
      session = { user: null, role: null, accounts: true, csrf: null };
    } else {
      throw e;
    }
  }
  paint();
}

/** Logs in; throws {@link Refused}. */
export async function logIn(user, password) {
  await send('POST', '/api/v1/session', { user, password });
  await learnSession();
}

/** Logs out. */
export async function logOut() {
  await send('DELETE', '/api/v1/session');
  await learnSession();
}

/** The answer of the appliance to a question. */
export function get(path) {
  return send('GET', path);
}

/** Sends a command; it gets through even if the page is closed meanwhile. */
export function post(path, body) {
  return send('POST', path, body);
}

async function send(method, path, body) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && session?.csrf) headers['X-CSRF-Token'] = session.csrf;
  let response;
  let text;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      keepalive: method === 'POST',
      signal: AbortSignal.timeout(20_000),
    });
    text = await response.text();
  } catch {
    throw new Refused(0, 'the appliance does not answer');
  }
  tick(response.headers.get('Date'));
  if (response.ok) {
    return text ? JSON.parse(text) : null;
  }
  if (response.status === 401 && session?.user) {
    session = { ...session, user: null, role: null, accounts: true };
    paint();
  }
  throw new Refused(response.status, reason(text) ?? `the appliance answers ${response.status}`);
}

function reason(text) {
  try {
    return JSON.parse(text).error;
  } catch {
    return null;
  }
}
