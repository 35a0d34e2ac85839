import { move, put } from "./attempt-kinds.js";

// The sample of a question behaves as on the phone.
function alive() {
  for (const section of document.querySelectorAll(".phone-sample section")) {
    put(section, "", false);
    section.addEventListener("click", ({ target }) => { const button = target.closest("[data-move]"); if (button) move(button); });
  }
}
alive();

// The fields of an answer follow its kind.
for (const fields of document.querySelectorAll(".answer-fields")) {
  const kind = fields.querySelector("select");
  fields.querySelector("[data-show-kind]").hidden = true;
  kind.addEventListener("change", () => { fields.dataset.kind = kind.value; });
}

// Keys for going through a draft: N next question, P previous, S mend it, Ctrl + Enter saves what is being typed.
const drafts = [...document.querySelectorAll(".draft")];

const current = () => drafts.findIndex((draft) => draft.contains(document.activeElement));

function go(step) {
  const from = current();
  const next = drafts[from < 0 ? 0 : Math.min(Math.max(from + step, 0), drafts.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "start" });
}

function mend() {
  const details = drafts[Math.max(current(), 0)]?.querySelector(".mending");
  if (!details) return;
  details.open = true;
  details.querySelector("textarea").focus();
}

// On the page of one question: N and P follow its neighbours, S edits it, D approves it.
const follow = (selector) => () => document.querySelector(selector)?.click();
const keys = drafts.length
  ? { n: () => go(1), p: () => go(-1), s: mend }
  : { n: follow("a[rel=next]"), p: follow("a[rel=prev]"), s: follow("[data-edit]"), d: follow("[data-approve] button") };

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (typing) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const approving = event.shiftKey ? typing.form?.querySelector("button[name=approve]") : null;
      typing.form?.requestSubmit(approving);
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = keys[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

// A picture on the clipboard goes into the form of the question that is being written.
const pasting = document.querySelector("[data-pasting]");
if (pasting) {
  document.addEventListener("paste", (event) => {
    const picture = [...(event.clipboardData?.files ?? [])].find((file) => file.type.startsWith("image/"));
    if (!picture) return;
    event.preventDefault();
    const field = pasting.querySelector("input[type=file]");
    const files = new DataTransfer();
    files.items.add(picture);
    field.files = files.files;
    field.focus();
    field.dispatchEvent(new Event("pasted", { bubbles: true }));
  });
}

// Beside the form stands the question as the phone shows it, following what is being typed.
const editing = document.querySelector("[data-editing]");
if (editing) {
  const preview = document.querySelector("[data-preview] .phone-sample");
  editing.querySelector("[name=preview]").hidden = true;
  let waiting = 0;
  let asked = 0;

  async function show() {
    const body = new FormData(editing);
    body.delete("picture");
    body.set("preview", "1");
    const mine = ++asked;
    const answer = await fetch(location.href, { method: "POST", body }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const sample = page.querySelector("[data-preview] .phone-sample");
    if (!sample) return;
    preview.replaceChildren(...sample.childNodes);
    alive();
    illustrate();
  }

  // A picture that was chosen or pasted is on this machine only: it is shown from here.
  function illustrate() {
    const [file] = editing.querySelector("input[type=file]").files;
    if (!file) return;
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      const image = document.createElement("img");
      image.src = reader.result;
      image.alt = "";
      const frame = document.createElement("p");
      frame.className = "picture";
      frame.append(image);
      preview.querySelector(".picture")?.remove();
      preview.querySelector("section")?.prepend(frame);
    });
    reader.readAsDataURL(file);
  }

  const later = () => { clearTimeout(waiting); waiting = setTimeout(show, 350); };
  editing.addEventListener("input", later);
  editing.addEventListener("change", later);
  editing.addEventListener("pasted", later);
}
