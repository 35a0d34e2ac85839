// The attempt on the phone: what is tapped goes to attempt-answers.js, the time comes from attempt-clock.js.
import { answersOf, forget, pause, request } from "./attempt-answers.js";
import { inDigits, startClock } from "./attempt-clock.js";
import { handingIn } from "./attempt-hand-in.js";
import { given, isTyped, move, put, zoom } from "./attempt-kinds.js";

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const root = document.querySelector("#attempt");
const handedIn = document.querySelector("[data-forget]");

function sit(data) {
  const part = (selector) => root.querySelector(selector);
  const parts = (selector) => [...root.querySelectorAll(selector)];
  const paper = part("[data-paper]");
  const whole = paper && paper.hasAttribute("data-whole"); // every question on one page
  const shelf = part("[data-all]");
  const sections = new Map((whole ? parts("[data-position]") : shelf ? [...shelf.content.children] : []).map((section) => [Number(section.dataset.position), section]));
  let current = paper ? Number(paper.elements.position.value) : 0;
  let closed = false; // nothing can be tapped: the time is up, or stands still

  // ---- What is said: the truth about saving, for the whole paper and for each question ----
  const first = part(".saved").cloneNode(true);
  let note = ""; // a sentence that stays until the next tap or step
  function say(state, text) {
    const line = part(".saved");
    if (line.dataset.state !== state) line.dataset.state = state;
    const words = line.querySelector("[data-text]");
    if (words.textContent !== text) words.textContent = text;
  }

  function sayHowItStands() {
    const { my } = answers;
    if (note) say("waiting", note);
    else if (answers.waiting().length === 0) my.last ? say("saved", fill(data.saySaved, { at: my.last })) : say(first.dataset.state, first.textContent.trim());
    else if (my.failures) say("waiting", my.keeps ? data.sayWaiting : data.sayWaitingOpen);
    else say("sending", data.saySending);
  }

  function stateOf({ state, revision, at, reason }) {
    if (state === "refused") return reason;
    if (state === "saved") return revision ? fill(data.sayOneSaved, { at }) : "";
    return answers.my.failures ? data.sayOneWaiting : data.sayOneSending;
  }

  function aloud(text) {
    const line = part("[data-announce]");
    line.textContent = "";
    setTimeout(() => { line.textContent = text; }, 50); // the same sentence twice is said twice
  }

  function paint(positions) {
    for (const dot of parts(".strip button")) {
      const number = Number(dot.value);
      const one = answers.at(number);
      dot.className = [one.response && "answered", one.flagged && "flagged", one.state !== "saved" && "unsaved"].filter(Boolean).join(" ");
      if (number === current) dot.setAttribute("aria-current", "true");
      else dot.removeAttribute("aria-current");
      dot.setAttribute("aria-label", [fill(data.sayQuestion, { number }), one.response ? data.sayAnswered : data.sayUnanswered, one.flagged && data.sayFlagged, stateOf(one)].filter(Boolean).join(", "));
    }
    for (const [position, section] of sections) {
      const one = answers.at(position);
      if (positions.includes(position) && (whole || position === current)) put(section, one.response, closed);
      const line = section.querySelector("[data-one-state]");
      if (line) { line.textContent = stateOf(one); line.dataset.state = one.state; }
    }
    for (const word of parts("[data-flag-word]")) word.textContent = answers.at(Number(word.dataset.flagWord || current)).flagged ? data.sayUnflag : data.sayFlag;
    sayHowItStands();
  }

  const answers = answersOf(data.token, data.save, {
    changed: paint,
    heard(body, from, to) {
      heardAt = performance.now();
      clock.hear(body, from, to);
      if (body.refused.some(({ why }) => why === "handed_in")) location.replace(data.receipt);
    },
    told(sentence) { note = sentence; sayHowItStands(); },
  });

  // ---- The whole state in one request: after a sleep, in the background, without network, and now and then ----
  let heardAt = performance.now(), askAt = 0, asking = false, unheard = 0;
  async function ask() {
    if (asking) return;
    asking = true;
    try {
      const { response, from, to } = await request(data.state, { headers: { Accept: "application/json" }, cache: "no-store" });
      const state = await response.json();
      if (state.handed_in) { location.replace(data.receipt); return; }
      if (state.error) { note = state.error; sayHowItStands(); }
      else {
        heardAt = performance.now();
        unheard = 0;
        bring(state.news);
        answers.compare(state.answers);
        clock.hear(state, from, to);
      }
    } catch { unheard += 1; } // no network now: what is on the phone stays
    askAt = performance.now() + (unheard ? pause(unheard) : 0);
    asking = false;
    answers.send();
  }

  // What somebody at work must know about their time; what is new is said aloud.
  function bring(news) {
    const holder = part("[data-news]");
    const before = [...holder.children].map((line) => line.textContent.trim());
    if (before.join() === news.join()) return;
    holder.textContent = "";
    for (const sentence of news) {
      const line = part("[data-news-line]").content.firstElementChild.cloneNode(true);
      line.querySelector("p").textContent = sentence;
      holder.append(line);
    }
    aloud(news.filter((sentence) => !before.includes(sentence)).join(" "));
  }

  // Whoever taps hears of a pause with the answer; whoever only reads asks once in a while, not all at once. In a
  // pause, and when the time is up (the clock is about to hand in), what comes next is awaited.
  const often = 60000 * (1 + Math.random());
  setInterval(() => {
    const now = performance.now();
    if (!document.hidden && now > askAt && now - heardAt > (clock.isPaused() || clock.isOver() ? often / 6 : often)) ask();
  }, 3000);

  // ---- The question on the screen ----
  function show(position, moved = true) {
    if (!paper || !sections.has(position)) return;
    current = position;
    const section = sections.get(position);
    if (!whole) turnTo(position, section);
    paint([position]);
    if (!moved) return;
    note = "";
    sayHowItStands();
    try { history.replaceState(null, "", `?q=${position}`); } catch { /* too often for some browsers */ }
    const heading = section.querySelector(".question");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    if (whole) { section.parentElement.scrollIntoView(); return; }
    scrollTo(0, 0);
    const dot = part(".strip [aria-current]");
    if (dot) dot.scrollIntoView({ block: "nearest", inline: "center" });
  }

  function turnTo(position, section) {
    const holder = part("[data-question]");
    if (holder.firstElementChild !== section) { holder.textContent = ""; holder.append(section); }
    const last = position === sections.size;
    part("[data-number]").textContent = position;
    part('[value="previous"]').disabled = position === 1;
    const next = part(".bottom-bar [value=next], .bottom-bar [value=review]");
    next.value = last ? "review" : "next";
    next.textContent = last ? data.sayReview : data.sayNext;
  }

  function tap(position, change) {
    if (closed) return;
    note = "";
    answers.tap(position, change);
  }

  function answer(position) {
    const response = given(sections.get(position));
    if (response === null) { note = data.sayNumber; sayHowItStands(); }
    else if (response !== answers.at(position).response) tap(position, { response });
  }

  // What is typed is taken when the fingers rest, and at the latest when anything else happens.
  const typing = new Map();
  function takeTyped() {
    for (const [position, timer] of typing) { clearTimeout(timer); typing.delete(position); answer(position); }
  }

  function listen() {
    const of = (target) => { const section = target.closest("[data-position]"); return section && [section, Number(section.dataset.position)]; };
    paper.addEventListener("change", ({ target }) => {
      const [section, position] = of(target) || [];
      if (section && !isTyped(section)) answer(position);
    });
    paper.addEventListener("input", ({ target }) => {
      const [section, position] = of(target) || [];
      if (!section || !isTyped(section)) return;
      clearTimeout(typing.get(position));
      typing.set(position, setTimeout(() => { typing.delete(position); answer(position); }, 500));
    });
    paper.addEventListener("focusout", takeTyped);
    if (whole) paper.addEventListener("focusin", ({ target }) => { const at = of(target); if (at && at[1] !== current) { current = at[1]; paint([]); } });
    paper.addEventListener("click", (event) => {
      const picture = event.target.closest("[data-zoom]");
      if (picture && "showModal" in HTMLDialogElement.prototype) { event.preventDefault(); zoom(picture); }
      const button = event.target.closest("[data-move], [data-keep-order]");
      if (button) arrange(button, of(button)[1]);
    });
    paper.addEventListener("submit", (event) => {
      event.preventDefault();
      takeTyped();
      const [go, which] = (event.submitter ? event.submitter.value : "next").split(":");
      const position = Number(which || current);
      if (go === "flag") tap(position, { flagged: !answers.at(position).flagged });
      else if (go === "review") leave();
      else show(go === "next" ? current + 1 : go === "previous" ? current - 1 : Number(go));
    });
  }

  function arrange(button, position) {
    if (button.dataset.move) {
      const moved = move(button);
      if (!moved) return;
      aloud(fill(data.sayMoved, moved));
    }
    answer(position);
    button.closest("section").querySelector("[data-keep-order]").hidden = true;
  }

  // Without network the paper stays in view, and the line says why.
  async function leave() {
    if (await answers.retry()) location.assign(data.review);
  }

  // Another browser has nothing of what is still on its way here.
  async function carry(form) {
    takeTyped();
    if (await answers.retry()) form.submit();
  }

  handingIn(root, {
    everything() { takeTyped(); return answers.everything(); },
    say(state) {
      note = "";
      if (state === "sending") say(state, data.sayHandingIn);
      else if (state === "waiting") say(state, answers.my.keeps ? data.sayWaiting : data.sayWaitingOpen);
      else sayHowItStands();
    },
  });

  // ---- Time ----
  const left = (seconds) => fill(data.sayLeft, { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  let paused = false;
  const clock = startClock({
    show(seconds, phase) {
      const digits = part("[data-clock]");
      if (digits.textContent !== inDigits(seconds)) digits.textContent = inDigits(seconds);
      part(".time").classList.toggle("last", seconds < 60);
      if (paused === (phase === "paused")) return;
      paused = phase === "paused";
      part(".time").classList.toggle("stopped", paused);
      aloud(paused ? data.sayPaused : data.sayResumed);
      close();
      ask();
    },
    announce: (seconds) => aloud(left(seconds)),
    woke: ask,
    moved: ask, // and the news say why
    over(isOver) {
      if (isOver) { takeTyped(); answers.send(); aloud(data.sayOver); }
      close();
    },
  });

  function close() {
    closed = paused || clock.isOver();
    for (const [name, on] of [["over", clock.isOver() && !paused], ["paused", paused]]) {
      const panel = part(`[data-${name}]`);
      if (panel && panel.hidden === on) { panel.hidden = !on; if (on) panel.scrollIntoView({ block: "nearest" }); }
    }
    if (!paper) return;
    part(".bottom-bar").hidden = closed;
    for (const holder of parts("[data-question]")) holder.hidden = paused;
    paint([...sections.keys()]);
  }

  // ---- Begin ----
  const load = performance.getEntriesByType("navigation")[0];
  answers.recall();
  answers.compare(JSON.parse(data.answers));
  clock.hear({ seconds_left: Number(part(".time").dataset.seconds), phase: part(".time").dataset.phase }, load ? load.requestStart : 0, load ? load.responseStart : performance.now());
  if (paper) listen();
  const carrying = part("[data-carry]");
  if (carrying) carrying.addEventListener("submit", (event) => { event.preventDefault(); carry(carrying); });
  const sayTime = part("[data-say-time]");
  sayTime.hidden = false;
  sayTime.addEventListener("click", () => aloud(paused ? data.sayPaused : left(clock.left())));
  addEventListener("online", () => { answers.retry(); ask(); });
  addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
  addEventListener("pagehide", () => { takeTyped(); answers.send(); });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) { answers.retry(); ask(); return; }
    takeTyped();
    answers.send();
  });
  addEventListener("beforeunload", (event) => { if (!answers.my.keeps && answers.waiting().length) event.preventDefault(); });
  show(current, false);
  paint([...sections.keys()]);
  // The review was counted by the server before what is still on this phone had arrived.
  if (answers.waiting().length) answers.send().then((done) => { if (done && !paper) location.reload(); });
}

if (root) sit(root.dataset);
if (handedIn) {
  const late = forget(handedIn.dataset.forget);
  const line = handedIn.querySelector("[data-late]");
  if (late && line) { line.textContent = fill(line.textContent, { count: late }); handedIn.hidden = false; }
}
