import { move, put } from "./attempt-kinds.js";

// The sample of a question behaves as on the phone.
for (const section of document.querySelectorAll(".phone-sample section")) {
  put(section, "", false);
  section.addEventListener("click", ({ target }) => { const button = target.closest("[data-move]"); if (button) move(button); });
}

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

const keys = { n: () => go(1), p: () => go(-1), s: mend };

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (typing) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) typing.form?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !drafts.length) return;
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
  });
}
