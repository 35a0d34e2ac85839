// Before the opening: the page opens by itself, each phone a little later or earlier than the others.
const room = document.querySelector("[data-opens-in]");
if (room) {
  const opensAt = performance.now() + Number(room.dataset.opensIn) * 1000;
  const jitter = 500 + Math.random() * 4500;
  const look = () => { if (performance.now() > opensAt + jitter) location.reload(); };
  setInterval(look, 1000);
  // A phone that slept cannot count; when it wakes near or after the opening it simply asks.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
}
