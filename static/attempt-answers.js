// The answers of an attempt on this phone: kept in its storage, and sent until the server has said that it holds them.

const AT_ONCE = 100; // answers in one request; the server takes twice as many
const PATIENCE = 20000; // milliseconds for one request
const prefix = (token) => `hoi-thi.attempt.${token}.`;

// Storage may be refused or vanish (private windows, in-app browsers): then the server's copy is what there is.
function stored(token) {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(prefix(token)));
    return new Map(names.map((name) => [name.slice(prefix(token).length), JSON.parse(localStorage.getItem(name))]));
  } catch { return new Map(); }
}
function store(token, name, value) {
  try { localStorage.setItem(prefix(token) + name, JSON.stringify(value)); return true; } catch { return false; }
}

// After handing in: let go of what was kept; says how many answers came too late to count.
export function forget(token) {
  const kept = stored(token);
  const late = new Set(kept.get("late") || []);
  for (const one of kept.values()) if (one && one.state === "waiting") late.add(one.position);
  try { for (const name of kept.keys()) localStorage.removeItem(prefix(token) + name); } catch { /* nothing was kept then */ }
  return late.size;
}

// A request that gives up; says between which moments of this phone's own clock the server answered.
export async function request(address, options) {
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), PATIENCE);
  const from = performance.now();
  try {
    const response = await fetch(address, { credentials: "same-origin", ...options, signal: stop.signal });
    if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
    return { response, from, to: performance.now() };
  } finally { clearTimeout(patience); }
}

// Longer each time, and never all phones together.
export const pause = (failures) => Math.min(15000, 1000 * 2 ** Math.min(failures, 4)) * (0.5 + Math.random());

// An answer: {position, response, flagged, revision, base, state, sent, at}. `base` is the newest revision this phone
// has seen on the server, `state` "saved", "waiting" or "refused" (it can be no answer, `reason` says why), `sent`
// whether it may already have arrived. changed(positions) is called after every change, heard(body, from, to) with
// what the server says beside answers, told(sentence) where a person must know.
export function answersOf(token, address, { changed, heard, told }) {
  const all = new Map();
  const none = (position) => ({ position, response: "", flagged: false, revision: 0, base: 0, state: "saved", sent: false, at: "" });
  const at = (position) => all.get(position) || none(position);
  const waiting = () => [...all.values()].filter((answer) => answer.state === "waiting");
  const same = (one, other) => one.revision === other.revision && one.response === other.response && one.flagged === other.flagged;
  const late = new Set(stored(token).get("late") || []);
  const my = { failures: 0, keeps: true, stopped: false, last: "" };

  // The browser's number within this attempt. What storage forgets is drawn anew, and is then another phone to the server.
  let device = stored(token).get("device");
  if (!device) {
    device = crypto.getRandomValues(new Uint32Array(1))[0] % (2 ** 31 - 1) + 1;
    my.keeps = store(token, "device", device);
  }

  // Each answer has a place of its own in the storage, so that two tabs never write over each other's.
  function put(answer) {
    all.set(answer.position, answer);
    my.keeps = store(token, answer.position, answer);
  }

  // What another tab of this browser, or this one before a reload, has kept.
  function recall() {
    const found = [];
    for (const one of stored(token).values()) {
      if (!one || !one.position) continue;
      const mine = at(one.position);
      const settled = one.revision === mine.revision && one.state === "saved" && mine.state === "waiting" && same(one, mine);
      if (one.revision > mine.revision || settled) { all.set(one.position, one); found.push(one.position); }
    }
    if (found.length) changed(found);
  }

  // What the server holds, all of it. What is still waiting here is sent: the server will say which of the two stays.
  function compare(list) {
    const theirs = new Map(list.map((one) => [one.position, one]));
    for (const [position, one] of theirs) {
      const mine = at(position);
      if (same(one, mine) || (mine.state !== "waiting" && one.revision > mine.revision)) settle(one);
    }
    // Acknowledged here and not there: the server has been put back to an older day. It gets it again.
    for (const mine of all.values()) {
      const one = theirs.get(mine.position);
      if (mine.state === "saved" && mine.revision > (one ? one.revision : 0)) put({ ...mine, state: "waiting" });
    }
    changed([...theirs.keys()]);
  }
  const settle = ({ position, response, flagged, revision, at: when }) => put({ position, response, flagged, revision, base: revision, state: "saved", sent: false, at: when });

  function tap(position, change) {
    recall();
    const before = at(position);
    // What was never sent can be changed in place; what may have arrived must be overtaken.
    const revision = before.state !== "waiting" || before.sent ? before.revision + 1 : before.revision;
    put({ ...before, ...change, revision, state: "waiting", sent: false, at: "" });
    my.failures = 0;
    my.stopped = false;
    changed([position]);
    return send();
  }

  // ---- Sending: one request at a time, whatever came meanwhile in the next ----
  let flight = null;
  let again = 0;
  function send() {
    clearTimeout(again);
    if (!flight) {
      flight = sendAll().then((done) => {
        flight = null;
        if (!done && !my.stopped) again = setTimeout(send, pause(my.failures));
        changed([]);
        return done;
      });
      if (waiting().length) changed([]);
    }
    return flight;
  }

  async function sendAll() {
    recall();
    for (let list = waiting(); list.length; list = waiting()) if (!(await sendSome(list.slice(0, AT_ONCE)))) return false;
    return true;
  }

  // How often the page was left goes along once it has grown: the start page says that this is noted. Going on to
  // another page of the attempt is no leaving; that hides this one too, but says so first.
  let left = stored(token).get("left") || 0, reported = 0, goesOn = false;
  addEventListener("pagehide", () => { goesOn = true; });
  addEventListener("pageshow", () => { goesOn = false; });
  document.addEventListener("visibilitychange", () => { if (document.hidden && !goesOn) store(token, "left", left += 1); });

  const packed = (list) => JSON.stringify({ device, ...(left > reported && { left }), answers: list.map(({ position, response, flagged, revision, base }) => ({ position, response, flagged, revision, replaces: base })) });

  async function sendSome(list) {
    for (const answer of list) put({ ...answer, sent: true });
    const tells = left;
    try {
      // Kept alive, so that closing the page does not call back what is under way.
      const { response, from, to } = await request(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: packed(list), keepalive: true });
      const body = await response.json();
      if (!body.saved && !body.error) throw new Error("not our server: a page in between asks for something");
      my.failures = 0;
      if (!body.saved) { stop(body.error); return false; }
      if (!take(list, body)) throw new Error("nothing became of anything");
      heard(body, from, to);
      reported = tells;
      return true;
    } catch {
      my.failures += 1;
      return false;
    }
  }

  // Asking again would not change the answer (this browser is nobody's any more): what is here stays here.
  function stop(sentence) {
    my.stopped = true;
    told(sentence);
  }

  function take(list, { saved, refused }) {
    const sent = new Map(list.map((answer) => [answer.position, answer]));
    for (const one of saved) {
      const mine = at(one.position);
      my.last = one.at;
      if (mine.revision === one.revision) put({ ...mine, base: one.revision, state: "saved", sent: false, at: one.at });
      else put({ ...mine, base: Math.max(mine.base, one.revision) });
    }
    for (const one of refused) {
      const mine = at(one.position);
      if (one.why === "impossible") {
        if (mine.revision === sent.get(one.position).revision) put({ ...mine, state: "refused", reason: one.reason });
      } else {
        // Another tab of this browser may have brought a later tap before this one: that is what is meant to stay.
        if (one.why !== "newer") remember(one.position);
        const ours = one.response === mine.response && one.flagged === mine.flagged;
        settle(one);
        if (ours) continue;
      }
      told(one.reason);
    }
    changed([...saved, ...refused].map((one) => one.position));
    return saved.length + refused.length > 0;
  }

  function remember(position) {
    late.add(position);
    store(token, "late", [...late]);
  }

  addEventListener("storage", ({ key }) => { if (key && key.startsWith(prefix(token))) recall(); });
  return {
    my, at, tap, send, compare, recall, waiting,
    isSending: () => flight !== null && waiting().length > 0 && my.failures === 0,
    retry: () => { my.failures = 0; my.stopped = false; return send(); },
    everything: () => packed([...all.values()].filter((answer) => answer.revision && answer.state !== "refused")),
  };
}
