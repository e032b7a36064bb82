/**
 * Everything that changes the picture asks for a frame; however many ask, the page is drawn once per frame.
 * @module
 */
let painter = () => {};
let asked = false;

/** Says who draws. */
export function paintWith(draw) {
  painter = draw;
}

/** Asks for the picture to be drawn with the next frame. */
export function paint() {
  if (!asked) {
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      painter();
    });
  }
}

/** How far the clock of the appliance is ahead of this device's, in milliseconds. */
let ahead = 0;

/** Learns the time of the appliance from the Date header of an answer. */
export function tick(dateHeader) {
  const theirs = Date.parse(dateHeader ?? '');
  if (!Number.isNaN(theirs)) {
    const difference = theirs - Date.now();
    // the header has whole seconds, and the answer was on its way for a moment
    ahead = Math.abs(difference) < 2000 ? 0 : difference;
  }
}

/** The time by the clock of the appliance, in milliseconds: what ages and countdowns are told by. */
export function now() {
  return Date.now() + ahead;
}
