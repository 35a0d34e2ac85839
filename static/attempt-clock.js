// The time left: the server's seconds, counted by a clock that nobody can set.

const ANNOUNCED = [300, 60, 30]; // seconds left, said aloud once each
const SLEPT = 4000; // milliseconds missing between two looks: the phone was asleep

// show(left, phase) is called whenever what stands in the pill may have changed, announce(left) at the moments above,
// woke() when the phone seems to have slept, moved() when the server has given more time, over(isOver) when
// the time is up and when it is not so any more.
export function startClock({ show, announce, woke, moved, over }) {
  const announced = new Set();
  let endsAt = 0, doubt = Infinity, phase = "running", frozen = 0, isOver = false;
  let looked = [performance.now(), Date.now()];
  const left = () => phase === "paused" ? frozen : Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));

  // The server answered somewhere between `from` and `to`. Of many answers the quickest says most exactly when; a
  // slower one counts only where it tells of another end altogether.
  function hear({ seconds_left: seconds, phase: now }, from, to) {
    if (seconds === undefined) return;
    const end = (from + to) / 2 + seconds * 1000;
    const wasPaused = phase === "paused";
    const other = Math.abs(end - endsAt) > (to - from) / 2 + doubt / 2 + 1000;
    phase = now || "running";
    frozen = seconds;
    if (other || wasPaused || to - from <= doubt) {
      if (other && !wasPaused && doubt < Infinity && end > endsAt + 5000) setTimeout(moved);
      endsAt = end;
      doubt = to - from;
    }
    tick();
  }

  function tick() {
    const seconds = left();
    show(seconds, phase);
    if (phase === "paused") return;
    for (const mark of ANNOUNCED) {
      if (seconds > mark) announced.delete(mark);
      else if (seconds > mark - 5 && !announced.has(mark)) { announced.add(mark); announce(seconds); }
    }
    if ((seconds === 0) !== isOver) over(isOver = seconds === 0);
  }

  // Some phones stop the clock that nobody can set while they sleep; the one on the wall then shows the gap. It is
  // asked for nothing but that: set wrong or set anew it costs one question to the server.
  function look() {
    const now = [performance.now(), Date.now()];
    const [counted, onTheWall] = [now[0] - looked[0], now[1] - looked[1]];
    looked = now;
    if (counted > SLEPT || Math.abs(onTheWall - counted) > SLEPT) woke();
    tick();
  }

  setInterval(look, 500);
  return { hear, left, isPaused: () => phase === "paused", isOver: () => isOver };
}

export const inDigits = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
