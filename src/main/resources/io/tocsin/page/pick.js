/**
 * Which open alerts are shown, and in which order: pure functions over documents.
 * @module
 */
import { LOUDNESS } from './words.js';

const FIELDS = {
  cluster: (a) => a.cluster,
  node: (a) => a.node,
  type: (a) => a.alert_type,
  subject: (a) => a.subject,
  rule: (a) => a.rules.map((rule) => rule.name).join(' '),
  by: (a) => a.acknowledged_by,
};

/** What an alert is found by; kept beside it, since a search asks for all of them. */
const haystacks = new WeakMap();

function haystack(alert) {
  let text = haystacks.get(alert);
  if (text === undefined) {
    const labels = Object.entries(alert.labels ?? {}).map(([name, value]) => `${name}=${value}`);
    text = [alert.message, alert.alert_type, alert.alert_type.replaceAll('_', ' '), alert.subject, alert.node,
      alert.cluster, alert.acknowledged_by, ...labels].filter(Boolean).join('\n').toLowerCase();
    haystacks.set(alert, text);
  }
  return text;
}

/**
 * A search as a test of an alert. Words are looked for everywhere; "node:n3" and the like in one field.
 * @param {string} search
 * @returns {(alert: object) => boolean}
 */
export function matcher(search) {
  const tests = [];
  for (const [, field, quoted, bare, word] of search.matchAll(/(\w+):(?:"([^"]*)"|(\S+))|(\S+)/g)) {
    const of = FIELDS[field];
    const want = (quoted ?? bare ?? word ?? '').toLowerCase();
    if (of) tests.push((alert) => String(of(alert) ?? '').toLowerCase().includes(want));
    else {
      const text = word === undefined ? `${field}:${want}` : want;
      tests.push((alert) => haystack(alert).includes(text));
    }
  }
  return (alert) => tests.every((test) => test(alert));
}

/** What the address asks for, as a value that can be compared. */
export function wish(query) {
  const set = (name) => (query.get(name) ?? '').split(',').filter(Boolean);
  return {
    search: query.get('q') ?? '',
    severities: set('severity'),
    state: query.get('state') ?? '',
    group: query.get('group') ?? '',
  };
}

/** The states behind each choice. */
const STATES = {
  '': new Set(['firing', 'acknowledged']),
  firing: new Set(['firing']),
  acknowledged: new Set(['acknowledged']),
  pending: new Set(['pending']),
};

/** The alerts that are asked for, what burns most first. */
export function pick(alerts, wanted) {
  const matches = matcher(wanted.search);
  const states = STATES[wanted.state] ?? STATES[''];
  const found = [];
  for (const alert of alerts) {
    if (states.has(alert.state)
      && (!wanted.severities.length || wanted.severities.includes(alert.severity))
      && matches(alert)) found.push(alert);
  }
  return found.sort(worse);
}

/** Unanswered before answered, loud before quiet, new before old. */
export function worse(a, b) {
  return (a.state === 'acknowledged') - (b.state === 'acknowledged')
    || LOUDNESS[b.severity] - LOUDNESS[a.severity]
    || b.escalation_level - a.escalation_level
    || (began(b) < began(a) ? -1 : began(b) > began(a) ? 1 : 0)
    || (a.id < b.id ? -1 : 1);
}

/** When people could first know of it. */
export function began(alert) {
  return alert.fired_at ?? alert.since;
}

const GROUPS = { cluster: FIELDS.cluster, node: FIELDS.node, type: FIELDS.type };

/**
 * The alerts under headings; groups in the order of their worst alert.
 * @returns {{name: string, alerts: object[]}[]} one without a name if they are not grouped
 */
export function grouped(alerts, by) {
  const of = GROUPS[by];
  if (!of) return [{ name: null, alerts }];
  const groups = new Map();
  for (const alert of alerts) {
    const name = of(alert) ?? '';
    if (!groups.has(name)) groups.set(name, { name, alerts: [] });
    groups.get(name).alerts.push(alert);
  }
  return [...groups.values()];
}

/** How many there are of each severity that still wait for an answer, and how many are answered or held back. */
export function tally(alerts) {
  const counts = {
    critical: 0, warning: 0, info: 0, firing: 0, acknowledged: 0, pending: 0,
    'critical firing': 0, 'warning firing': 0, 'info firing': 0,
  };
  for (const alert of alerts) {
    counts[alert.state] += 1;
    if (alert.state !== 'pending') counts[alert.severity] += 1;
    if (alert.state === 'firing') counts[`${alert.severity} firing`] += 1;
  }
  return counts;
}
