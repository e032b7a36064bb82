/**
 * What people do to alerts. An acknowledgement waits a few seconds before it is sent, so that it can be taken back; if
 * the page is closed meanwhile it is sent at once.
 * @module
 */
import { mayAnswer, post, session } from './api.js';
import { paint } from './frame.js';
import { take } from './live.js';
import { askName } from './name.js';

/** How long an acknowledgement can be taken back. */
export const UNDO_MS = 5_000;
const REASON_MS = 20_000;

/** @type {Map<string, {due: number, timer: number, body: object, path: string}>} */
const waiting = new Map();
/** @type {Map<string, {text: string, ok: boolean, revision: number}>} */
const told = new Map();
/** @type {Set<string>} */
const sending = new Set();

/** How an alert stands with what was asked for here: `{due}`, `{busy}`, `{text, ok}` or null. */
export function standing(alert) {
  const wait = waiting.get(alert.id);
  if (wait) return { due: wait.due };
  if (sending.has(alert.id)) return { busy: true };
  return told.get(alert.id) ?? null;
}

/** Whether an alert can be acknowledged by who is there. */
export function canAck(alert) {
  return mayAnswer() && (alert.state === 'firing') && !waiting.has(alert.id) && !sending.has(alert.id);
}

/** Whether an alert can be resolved by who is there. */
export function canResolve(alert) {
  return mayAnswer() && (alert.state === 'firing' || alert.state === 'acknowledged') && !sending.has(alert.id);
}

/** The name under which things are done here. */
export async function who() {
  return session?.user ?? askName();
}

/**
 * Acknowledges after the time in which it can be undone.
 * @param {object} alert
 * @param {{message?: string, span?: string}} more what is said with it, and for how long it is good
 */
export async function acknowledge(alert, { message = '', span = '' } = {}) {
  if (!canAck(alert)) return;
  const name = await who();
  if (!name || !canAck(alert)) return;
  const body = { acknowledged_by: name, ack_message: message };
  if (span) body.ack_for = span;
  told.delete(alert.id);
  waiting.set(alert.id, {
    due: Date.now() + UNDO_MS,
    timer: setTimeout(() => sendAck(alert.id), UNDO_MS),
    path: path(alert.id, 'ack'),
    body,
  });
  paint();
}

/** Takes an acknowledgement back that was not sent yet. */
export function undo(id) {
  clearTimeout(waiting.get(id)?.timer);
  waiting.delete(id);
  paint();
}

/** Takes the latest one back; whether there was one. */
export function undoLast() {
  const last = [...waiting.keys()].pop();
  if (last) undo(last);
  return last !== undefined;
}

/** Resolves at once: the appliance refuses it while a fresh reading speaks against it. */
export async function resolve(alert) {
  if (!canResolve(alert)) return;
  const name = await who();
  if (!name) return;
  undo(alert.id);
  await command(alert.id, path(alert.id, 'resolve'), { resolved_by: name });
}

/** Puts away what the appliance said. */
export function dismiss(id) {
  told.delete(id);
  paint();
}

function path(id, what) {
  return `/api/v1/alerts/${encodeURIComponent(id)}/${what}`;
}

function sendAck(id) {
  const wait = waiting.get(id);
  if (!wait) return null;
  clearTimeout(wait.timer);
  waiting.delete(id);
  return command(id, wait.path, wait.body);
}

async function command(id, where, body) {
  sending.add(id);
  told.delete(id);
  paint();
  try {
    take(await post(where, body));
  } catch (e) {
    const text = { text: e.message, ok: false };
    told.set(id, text);
    setTimeout(() => told.get(id) === text && dismiss(id), REASON_MS);
  } finally {
    sending.delete(id);
    paint();
  }
}

// what was promised on the screen is kept although the page goes
window.addEventListener('pagehide', () => [...waiting.keys()].forEach(sendAck));
