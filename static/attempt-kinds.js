// The kinds of questions: what stands in a question's controls, and putting an answer into them.
const chosen = (section) => [...section.querySelectorAll("input")].filter((input) => input.checked).map((input) => input.value).join(",");
const typed = (section) => section.querySelector("input").value.trim();
const matched = (section) => [...section.querySelectorAll("select")].map((select) => select.value).filter(Boolean).join(",");
const ordered = (section) => [...section.querySelectorAll("[data-label]")].map((item) => item.dataset.label).join(",");
const readers = { short_text: typed, number: typed, matching: matched, ordering: ordered };

export const isTyped = (section) => section.dataset.kind in { short_text: 1, number: 1 };

// What the controls say now; null for what cannot be an answer yet ("3," on the way to "3,5").
export function given(section) {
  const response = (readers[section.dataset.kind] ?? chosen)(section);
  const unfinished = section.dataset.kind === "number" && response && !/^[+\-\u2212]?\s?\d[\d ]*([.,]\d+)*$/.test(response);
  return unfinished ? null : response;
}

// Show an answer; what somebody is typing at this moment stays as it is.
export function put(section, response, over) {
  const parts = response.split(",");
  if (section.dataset.kind === "ordering") arrange(section, response);
  for (const control of section.querySelectorAll("input, select, button")) {
    control.disabled = over;
    if (control.tagName === "SELECT") control.value = [...control.options].find((option) => option.value && parts.includes(option.value))?.value ?? "";
    else if (control.type === "text") { if (document.activeElement !== control) control.value = response; }
    else control.checked = parts.includes(control.value);
  }
}

// An ordering is a list whose things move up and down; the boxes are for those without a script.
function arrange(section, response) {
  const list = section.querySelector(".ordering");
  section.querySelector("[data-plain]")?.remove();
  for (const part of section.querySelectorAll("[data-moving], .moves")) part.hidden = false;
  section.querySelector("[data-keep-order]").hidden = response !== "";
  if (!response || response === ordered(section)) return;
  for (const label of response.split(",")) list.append([...list.children].find((item) => item.dataset.label === label));
}

// Move the thing whose arrow was pressed; gives its words and new place, or null where it cannot go further.
export function move(button) {
  const item = button.closest("li");
  const up = button.dataset.move === "-1";
  const other = up ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return null;
  up ? other.before(item) : other.after(item);
  button.focus();
  const all = [...item.parentElement.children];
  return { text: item.children[1].textContent, place: all.indexOf(item) + 1, all: all.length };
}

// A picture opens over the paper in its own size, to be moved about; without a script it is a plain link.
export function zoom(link) {
  const dialog = Object.assign(document.createElement("dialog"), { className: "zoom" });
  const close = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: link.dataset.zoom });
  const image = Object.assign(new Image(), { src: link.href, alt: link.firstElementChild.alt });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
  dialog.append(close, image);
  document.body.append(dialog);
  dialog.showModal();
}
