/**
 * How times, spans and figures are written, and the words for what the appliance calls things.
 * @module
 */

/** "12 s", "4 min", "1 h 12 min", "3 d 4 h". */
export function span(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return `${s} s`;
  const min = Math.floor(s / 60);
  if (min < 60) return `${min} min`;
  const h = Math.floor(min / 60);
  if (h < 24) return min % 60 ? `${h} h ${min % 60} min` : `${h} h`;
  const d = Math.floor(h / 24);
  return h % 24 ? `${d} d ${h % 24} h` : `${d} d`;
}

/** A countdown: "4:07", "1:04:07". */
export function countdown(ms) {
  const s = Math.max(0, Math.ceil(ms / 1000));
  const two = (n) => String(n).padStart(2, '0');
  const h = Math.floor(s / 3600);
  const min = Math.floor(s / 60) % 60;
  return h ? `${h}:${two(min)}:${two(s % 60)}` : `${min}:${two(s % 60)}`;
}

/** A span in seconds as people say it; "–" for none. */
export function seconds(value) {
  if (value === null || value === undefined) return '–';
  return value < 10 ? `${figure(value)} s` : span(value * 1000);
}

const clockFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** The time of day on this device's clock, with the day if it is another one. */
export function clock(iso, now) {
  if (!iso) return '';
  const at = new Date(iso);
  const time = clockFormat.format(at);
  return at.toDateString() === new Date(now).toDateString() ? time : `${dayFormat.format(at)}, ${time}`;
}

/** A figure with as many digits as it deserves. */
export function figure(value) {
  if (value === null || value === undefined) return '–';
  if (typeof value !== 'number') return String(value);
  const size = Math.abs(value);
  const digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 4;
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits });
}

/** Bytes in binary units. */
export function bytes(value) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let n = value;
  let i = 0;
  while (Math.abs(n) >= 1024 && i < units.length - 1) {
    n /= 1024;
    i += 1;
  }
  return `${figure(n)} ${units[i]}`;
}

/** A figure with its unit. */
export function measured(value, unit) {
  if (value === null || value === undefined) return '–';
  if (unit === 'bytes') return bytes(value);
  return unit ? `${figure(value)} ${unit === 'percent' ? '%' : unit}` : figure(value);
}

/** "1 node", "2 nodes". */
export function count(n, one, many = `${one}s`) {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;
}

/** "memory_usage" as "memory usage". */
export function plain(name) {
  return String(name ?? '').replaceAll('_', ' ');
}

/** With a capital at its beginning. */
export function capital(text) {
  const word = String(text ?? '');
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** How loud a severity is: the greater, the worse. */
export const LOUDNESS = { critical: 3, warning: 2, info: 1 };

/** The words for what happened to an alert. */
export const CHANGES = {
  pending: 'Seen, held back',
  fired: 'Fired',
  raised: 'Got worse',
  fell: 'Got milder',
  escalated: 'Escalated',
  acknowledged: 'Acknowledged',
  ack_expired: 'Acknowledgement ran out',
  routed: 'Receiver added by a change of rules',
  stale: 'Readings stopped',
  fresh: 'Readings are back',
  resolved: 'Resolved',
  lapsed: 'Went away before anybody was told',
};
