// Before the opening: the time until then, and the way in as soon as it is open. No phone loads its page again, and
// each asks a little later or earlier than the others.
const room = document.querySelector("[data-opens-in]");

const pad = (number) => String(number).padStart(2, "0");
function inWords(seconds, sayDays) {
  const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  const clock = days || hours ? `${pad(hours)}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
  return days ? `${sayDays.replace("{days}", days)} ${clock}` : clock;
}

function wait() {
  const until = room.querySelector("[data-until]"); // not there in a pause: nobody knows for how long
  const load = performance.getEntriesByType("navigation")[0];
  let opensAt = (load ? load.responseStart : performance.now()) + Number(room.dataset.opensIn) * 1000;
  let askAt = opensAt + 500 + Math.random() * 4500;
  let asking = false, opened = false;
  if (until) room.querySelector(".until").hidden = false;

  async function ask() {
    if (asking || opened) return;
    asking = true;
    try {
      const response = await fetch(room.dataset.ask, { headers: { Accept: "application/json" }, cache: "no-store" });
      const { phase, seconds_left: left } = await response.json();
      if (phase === "open") open();
      else if (phase === "before") {
        // The opening was moved, or the answer is a second older than the moment.
        opensAt = performance.now() + left * 1000;
        askAt = opensAt + 1000 + Math.random() * 3000;
      } else if (phase === "paused") askAt = performance.now() + 6000 + Math.random() * 9000;
      else if (phase) location.reload();
    } catch { askAt = performance.now() + 2000 + Math.random() * 4000; }
    asking = false;
  }

  function open() {
    opened = true;
    clearInterval(beat);
    room.hidden = true;
    for (const part of document.querySelectorAll("[data-until-open]")) part.hidden = true;
    document.querySelector("[data-when-open]").hidden = false;
  }

  function look() {
    const now = performance.now();
    const text = until && inWords(Math.max(0, Math.ceil((opensAt - now) / 1000)), until.dataset.days);
    if (until && until.textContent !== text) until.textContent = text;
    if (now > askAt) ask();
  }
  const beat = setInterval(look, 500);
  look();
  // A phone that slept cannot count: when it wakes it asks, each in its own moment.
  const woken = () => { if (!document.hidden) askAt = Math.min(askAt, performance.now() + Math.random() * 2000); };
  addEventListener("pageshow", (event) => { if (event.persisted) woken(); });
  document.addEventListener("visibilitychange", woken);
}

if (room) wait();
