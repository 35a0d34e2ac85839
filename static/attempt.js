// The attempt: every tap goes into a queue kept on this phone, and from there to the server until it is acknowledged.
import { given, isTyped, move, put, zoom } from "./attempt-kinds.js";

const root = document.querySelector("#attempt");
const forget = document.querySelector("[data-forget]");
const key = (token) => `hoi-thi.attempt.${token}`;

// Storage may be refused or vanish (private windows, in-app browsers): then the server's copy is what there is.
const read = (token) => { try { return JSON.parse(localStorage.getItem(key(token)) ?? "[]"); } catch { return []; } };
const write = (token, list) => { try { localStorage.setItem(key(token), JSON.stringify(list)); } catch { /* see above */ } };

function sit(data) {
  const part = (selector) => root.querySelector(selector);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const answers = new Map(); // position -> {position, response, revision, flagged, saved, sent}
  const none = (position) => ({ position, response: "", revision: 0, flagged: false, saved: true, sent: false });
  const at = (position) => answers.get(position) ?? none(position);
  const unsaved = () => [...answers.values()].filter((answer) => !answer.saved);
  const plain = ({ position, response, revision, flagged }) => ({ position, response, revision, flagged });
  const keep = () => write(data.token, [...answers.values()]);
  const paper = part("[data-paper]");
  let current = Number(paper?.elements.position.value ?? 0);
  let over = false, sending = false, again = 0, failures = 0, endsAt = 0;

  // ---- What is held: of two answers to a question the one with the higher revision is the newer ----
  function take(list, fromServer) {
    for (const answer of list) {
      const mine = at(answer.position);
      const newer = fromServer ? mine.saved || answer.revision >= mine.revision : answer.revision > mine.revision;
      if (newer) answers.set(answer.position, fromServer ? { ...plain(answer), saved: true, sent: false } : answer);
    }
  }

  // ---- The truth about saving ----
  function say(state, text) {
    const line = part(".saved");
    line.dataset.state = state;
    line.querySelector("[data-text]").textContent = text;
  }

  // ---- Sending ----
  function later() {
    clearTimeout(again);
    again = setTimeout(send, Math.min(15000, 1000 * 2 ** Math.min(failures, 4)) * (0.5 + Math.random()));
  }

  async function post(address, options) {
    const stop = new AbortController();
    const patience = setTimeout(() => stop.abort(), 20000);
    try { return await fetch(address, { ...options, signal: stop.signal, credentials: "same-origin" }); } finally { clearTimeout(patience); }
  }

  async function send() {
    const list = unsaved();
    if (!list.length || sending) return;
    sending = true;
    clearTimeout(again);
    say("sending", data.saySending);
    for (const answer of list) answer.sent = true;
    keep();
    try {
      const response = await post(data.save, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ answers: list.map(plain) }) });
      if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
      answered(list, await response.json());
      failures = 0;
    } catch {
      failures += 1;
      say("waiting", data.sayWaiting);
    }
    sending = false;
    if (unsaved().length) failures ? later() : send();
  }

  function answered(list, { saved = [], refused = [], error, seconds_left, phase }) {
    for (const one of saved) {
      const mine = at(one.position);
      if (mine.revision === one.revision) answers.set(one.position, { ...mine, saved: true, sent: false });
    }
    if (saved.length) say("saved", fill(data.saySaved, saved.at(-1)));
    for (const one of refused) {
      if (one.revision < at(one.position).revision && one.revision > 0 && !over && phase !== "over") continue;
      answers.set(one.position, { ...plain(one), saved: true, sent: false });
      say("waiting", one.reason);
      if (one.position === current) show(current, false);
    }
    // Nothing was taken and nothing explained: keeping on asking would not change the answer.
    if (error && !refused.length) {
      for (const answer of list) answer.saved = true;
      say("waiting", error);
    }
    keep();
    paint();
    if (seconds_left !== undefined) count(seconds_left);
  }

  async function ask() {
    try {
      const response = await post(data.state, { headers: { Accept: "application/json" } });
      if (!response.ok) return;
      const state = await response.json();
      if (state.handed_in) { location.replace(data.receipt); return; }
      take(state.answers, true);
      keep();
      count(state.seconds_left);
      show(current, false);
    } catch { /* no network now: what is on the phone stays, and sending says so */ }
    send();
  }

  function tap(position, change) {
    if (over) return;
    const before = at(position);
    // What was never sent can be changed in place; what may have arrived must be overtaken.
    const revision = before.saved || before.sent ? before.revision + 1 : before.revision;
    answers.set(position, { ...before, ...change, revision, saved: false, sent: false });
    keep();
    paint();
    failures = 0;
    send();
  }

  // ---- The question on the screen ----
  const sections = new Map([...(part("[data-all]")?.content.children ?? [])].map((section) => [Number(section.dataset.position), section]));

  function show(position, moved = true) {
    if (!paper || !sections.has(position)) return;
    current = position;
    const section = sections.get(position);
    put(section, at(position).response, over);
    const holder = part("[data-question]");
    if (holder.firstElementChild !== section) holder.replaceChildren(section);
    const last = position === sections.size;
    part("[data-number]").textContent = position;
    part('[value="previous"]').disabled = position === 1;
    const next = part(".bottom-bar [value=next], .bottom-bar [value=review]");
    next.value = last ? "review" : "next";
    next.textContent = last ? data.sayReview : data.sayNext;
    paint();
    if (!moved) return;
    history.replaceState(null, "", `?q=${position}`);
    const heading = section.querySelector(".question");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    scrollTo(0, 0);
    part(".strip [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  function paint() {
    for (const dot of root.querySelectorAll(".strip button")) {
      const number = Number(dot.value);
      const { response, flagged } = at(number);
      dot.className = [response && "answered", flagged && "flagged"].filter(Boolean).join(" ");
      dot.toggleAttribute("aria-current", number === current);
      if (number === current) dot.setAttribute("aria-current", "true");
      dot.setAttribute("aria-label", [fill(data.sayQuestion, { number }), response ? data.sayAnswered : data.sayUnanswered, flagged && data.sayFlagged].filter(Boolean).join(", "));
    }
    const flag = part("[data-flag-word]");
    if (flag) flag.textContent = at(current).flagged ? data.sayUnflag : data.sayFlag;
  }

  function answer(position) {
    const response = given(sections.get(position));
    if (response === null) say("waiting", data.sayNumber);
    else if (response !== at(position).response) tap(position, { response });
  }

  let typing = 0;
  paper?.addEventListener("change", ({ target }) => { if (!isTyped(target.closest("section"))) answer(current); });
  paper?.addEventListener("input", ({ target }) => {
    if (!isTyped(target.closest("section"))) return;
    const position = current;
    clearTimeout(typing);
    typing = setTimeout(() => { typing = 0; answer(position); }, 500);
  });
  paper?.addEventListener("click", (event) => {
    const picture = event.target.closest("[data-zoom]");
    if (!picture) return;
    event.preventDefault();
    zoom(picture);
  });
  paper?.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-move], [data-keep-order]");
    if (!button) return;
    if (button.dataset.move) {
      const moved = move(button);
      if (!moved) return;
      part("[data-announce]").textContent = fill(data.sayMoved, moved);
    }
    answer(current);
    button.closest("section").querySelector("[data-keep-order]").hidden = true;
  });
  paper?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (typing) { clearTimeout(typing); typing = 0; answer(current); }
    const go = event.submitter?.value ?? "next";
    if (go === "flag") tap(current, { flagged: !at(current).flagged });
    else if (go === "review") leave();
    else show(go === "next" ? current + 1 : go === "previous" ? current - 1 : Number(go));
  });

  async function leave() {
    await send();
    if (unsaved().length && failures) return; // the line says that the network is awaited; the paper stays in view
    location.assign(data.review);
  }

  // ---- Handing in: everything once more, and again until it has arrived ----
  function addAnswers(form) {
    const field = form.elements.answers ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "answers" }));
    field.value = JSON.stringify({ answers: [...answers.values()].filter((answer) => answer.revision).map(plain) });
  }

  async function handIn(form) {
    addAnswers(form);
    say("sending", data.sayHandingIn);
    for (let tries = 0; ; tries += 1) {
      try {
        const response = await post(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        if (response.status >= 500) throw new Error(String(response.status));
        if (response.redirected) { location.assign(response.url); return; }
        if (!response.ok) { form.submit(); return; }
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        form.replaceWith(page.querySelector("form[data-hand-in]"));
        root.querySelector(".faults, .notice")?.scrollIntoView({ block: "center" });
        say("", "");
        return;
      } catch {
        say("waiting", data.sayWaiting);
        await new Promise((done) => setTimeout(done, Math.min(15000, 1000 * 2 ** tries) * (0.5 + Math.random())));
      }
    }
  }

  let handing = false;
  root.addEventListener("submit", async (event) => {
    if (!event.target.matches("[data-hand-in]")) return;
    event.preventDefault();
    if (handing) return;
    handing = true;
    await handIn(event.target);
    handing = false;
  });

  // ---- Time: the server's seconds, counted by a clock that nobody can set ----
  const announced = new Set();
  function count(seconds) {
    endsAt = performance.now() + seconds * 1000;
    tick();
  }

  function tick() {
    const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
    const pill = part(".time");
    const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (part("[data-clock]").textContent !== text) part("[data-clock]").textContent = text;
    pill.classList.toggle("last", left < 60);
    for (const mark of [300, 60, 30]) {
      if (left <= mark && left > mark - 5 && !announced.has(mark)) {
        announced.add(mark);
        part("[data-announce]").textContent = fill(data.sayLeft, { minutes: Math.floor(left / 60), seconds: left % 60 });
      }
    }
    if (left === 0 && !over) end();
  }

  function end() {
    send();
    over = true;
    part("[data-announce]").textContent = data.sayOver;
    const panel = part("[data-over]");
    if (!panel) return;
    panel.hidden = false;
    part(".bottom-bar").hidden = true;
    for (const control of paper.querySelectorAll("[data-question] :is(input, select, button)")) control.disabled = true;
    panel.scrollIntoView({ block: "nearest" });
  }

  // ---- Begin ----
  take(JSON.parse(data.answers), true);
  take(read(data.token), false);
  count(Number(part(".time").dataset.seconds));
  setInterval(tick, 500);
  addEventListener("online", () => { failures = 0; send(); });
  addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  addEventListener("storage", (event) => {
    if (event.key !== key(data.token)) return;
    take(read(data.token), false);
    show(current, false);
  });
  show(current, false);
  paint();
  // The review was counted by the server before what is still on this phone had arrived.
  if (unsaved().length) send().then(() => { if (!paper && !unsaved().length) location.reload(); });
}

if (root) sit(root.dataset);
if (forget) { try { localStorage.removeItem(key(forget.dataset.forget)); } catch { /* nothing was kept then */ } }
