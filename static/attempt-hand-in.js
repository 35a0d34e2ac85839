// Handing in: everything once more, and again until it has arrived.
import { pause, request } from "./attempt-answers.js";

// everything() gives the answers as one text, say(state) tells how it goes: "sending", "waiting", "" for as it stands.
export function handingIn(root, { everything, say }) {
  async function once(form) {
    const { response } = await request(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (response.redirected && new URL(response.url).origin === location.origin) { location.assign(response.url); return; }
    if (!response.ok) { form.submit(); return; }
    // The page again, with what is to be mended or confirmed.
    const again = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("form[data-hand-in]");
    if (!again) throw new Error("not our page: something in between answers");
    form.replaceWith(document.adoptNode(again));
    const why = root.querySelector(".faults, form .notice");
    if (why) why.scrollIntoView({ block: "center" });
    say("");
  }

  async function handIn(form) {
    const field = form.elements.answers || form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "answers" }));
    for (let tries = 0; ; tries += 1) {
      say("sending");
      field.value = everything();
      try { return await once(form); } catch { say("waiting"); }
      await new Promise((done) => setTimeout(done, pause(tries)));
    }
  }

  let handing = false;
  root.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-hand-in]")) return;
    event.preventDefault();
    if (handing) return;
    handing = true;
    handIn(event.target).finally(() => { handing = false; });
  });
}
