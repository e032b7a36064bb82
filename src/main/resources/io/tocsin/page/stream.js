/**
 * Server-sent events, read with fetch rather than EventSource: so the comment lines that say "alive" are heard, a
 * connection that only looks open is noticed, and a refusal has a status.
 * @module
 */

const SILENCE_MS = 25_000;
const LONGEST_WAIT_MS = 15_000;

/** Cuts a stream of text into events. */
export class EventReader {
  #rest = '';
  #event = { id: null, event: 'message', data: [] };

  /** The events that a piece of text completes. */
  take(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    const events = [];
    for (const line of lines) {
      if (line === '') {
        if (this.#event.data.length) events.push({ ...this.#event, data: this.#event.data.join('\n') });
        this.#event = { id: null, event: 'message', data: [] };
      } else if (!line.startsWith(':')) {
        const at = line.indexOf(':');
        const name = at < 0 ? line : line.slice(0, at);
        const value = at < 0 ? '' : line.slice(at + 1).replace(/^ /, '');
        if (name === 'data') this.#event.data.push(value);
        else if (name === 'id' || name === 'event') this.#event[name] = value;
      }
    }
    return events;
  }
}

/**
 * Keeps a stream open. Connects again after a loss, each time a little later, and goes on after the last event heard.
 */
export class Stream {
  #url;
  #on;
  #lastId = null;
  #failures = 0;
  #abort = null;
  #silence = 0;
  #timer = 0;
  #closed = false;

  /**
   * @param {string} url with its query
   * @param {{event: Function, open: Function, lost: Function, refused: Function}} on what is called: with each event;
   *   when the stream is open, told whether it goes on from the last event; when it is lost, told when the next attempt
   *   is; with the status if the stream is refused for good
   */
  constructor(url, on) {
    this.#url = url;
    this.#on = on;
    this.#connect();
  }

  /** Ends it. */
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    this.#abort?.abort();
  }

  /** Tries at once rather than when its time comes. */
  hurry() {
    if (this.#timer) {
      clearTimeout(this.#timer);
      this.#connect();
    }
  }

  async #connect() {
    this.#timer = 0;
    const abort = new AbortController();
    this.#abort = abort;
    this.#listenFor(abort);
    try {
      const resumes = this.#lastId !== null;
      const tail = resumes ? `&last_event_id=${encodeURIComponent(this.#lastId)}` : '';
      const response = await fetch(this.#url + tail, {
        headers: { Accept: 'text/event-stream' }, cache: 'no-store', signal: abort.signal,
      });
      if (!response.ok || !response.body) {
        if ([401, 403, 404].includes(response.status)) {
          this.close();
          this.#on.refused(response.status);
          return;
        }
        throw new Error(String(response.status));
      }
      this.#on.open(resumes);
      await this.#read(response.body.getReader(), abort);
    } catch {
      // lost; said below
    }
    clearTimeout(this.#silence);
    if (!this.#closed) this.#again();
  }

  async #read(reader, abort) {
    const events = new EventReader();
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.#failures = 0;
      this.#listenFor(abort);
      for (const event of events.take(decoder.decode(value, { stream: true }))) {
        if (event.id !== null) this.#lastId = event.id;
        this.#on.event(event.event, event.data);
      }
    }
  }

  /** The appliance says something every ten seconds at least; if it does not, the connection is dead. */
  #listenFor(abort) {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => abort.abort(), SILENCE_MS);
  }

  #again() {
    const wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** this.#failures) * (0.75 + Math.random() / 2);
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#connect(), wait);
    this.#on.lost(Date.now() + wait);
  }
}
