// What any page may need: how one reads, questions before dangerous acts, copying, filtering without accents.
const root = document.documentElement;
const all = (selector) => [...document.querySelectorAll(selector)];

// The links do the same by loading the page again; the cookie is the server's "look".
function choose({ dataset: { look } }) {
  const [name, value] = look.split("-");
  if (value && root.dataset[name] !== value) root.dataset[name] = value;
  else delete root.dataset[name];
  for (const link of all(`[data-look^="${name}-"]`)) link.toggleAttribute("aria-current", link.dataset.look === `${name}-${root.dataset[name] || ""}`);
  const kept = ["text", "scheme", "contrast"].map((each) => root.dataset[each]).join(".");
  document.cookie = `look=${kept};path=/;max-age=31622400;samesite=lax`;
}

// The question stands in the page as <details>; here it is lent to a dialog and given back when that closes.
function ask(details) {
  const dialog = document.createElement("dialog");
  const form = details.querySelector(".ask");
  dialog.setAttribute("aria-label", form.querySelector("h2").textContent);
  dialog.append(form);
  document.body.append(dialog);
  dialog.addEventListener("close", () => { details.append(form); dialog.remove(); details.querySelector("summary").focus(); });
  form.querySelector("[data-dismiss]").hidden = false;
  dialog.showModal();
  form.querySelector("[data-dismiss]").focus();
}

async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  const said = button.textContent;
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    button.textContent = button.dataset.copied;
  } catch {
    // No clipboard without HTTPS or inside some apps: select the text so that one long press copies it.
    getSelection().selectAllChildren(source);
    button.textContent = button.dataset.byHand;
  }
  setTimeout(() => { button.textContent = said; }, 4000);
}

async function share({ dataset: { share: url, title } }) {
  try { await navigator.share({ title, url }); } catch { /* the sheet was closed again */ }
}

/** Lower case without Vietnamese marks, so that "uy ban" finds "Ủy ban". */
export const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/đ/g, "d");

// Options are taken out, not hidden: Safari goes on showing hidden options.
function filter(input) {
  const list = document.querySelector(input.dataset.filters);
  const isSelect = list instanceof HTMLSelectElement;
  const items = [...(isSelect ? list.options : list.children)].map((item) => [item, fold(item.dataset.words ?? item.textContent)]);
  input.hidden = false;
  input.addEventListener("input", () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    const found = ([item, text]) => (isSelect && (item.selected || !item.value)) || words.every((word) => text.includes(word));
    if (isSelect) list.replaceChildren(...items.filter(found).map(([item]) => item));
    else for (const entry of items) entry[0].hidden = !found(entry);
    const matches = items.filter(([item, text]) => (!isSelect || item.value) && words.every((word) => text.includes(word)));
    const status = input.nextElementSibling;
    if (status instanceof HTMLOutputElement) status.value = words.length ? input.dataset.found.replace("{n}", matches.length) : "";
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

for (const hidden of all("[data-copy]")) hidden.hidden = false;
if ("share" in navigator) for (const button of all("[data-share]")) button.hidden = false;
all("[data-filters]").forEach(filter);
document.querySelector("[data-focus]")?.focus();
for (const strip of all(".strip")) {
  const current = strip.querySelector("[aria-current]")?.parentElement;
  if (current) strip.scrollLeft = current.offsetLeft - strip.offsetLeft - (strip.clientWidth - current.clientWidth) / 2;
}

// On a volunteer's tablet no page comes back as it was left: it may have been somebody else's.
addEventListener("pageshow", (event) => {
  if (event.persisted && "helper" in root.dataset) location.reload();
});

document.addEventListener("click", (event) => {
  const at = (selector) => event.target.closest(selector);
  const question = at("[data-confirm] > summary");
  if (question && "showModal" in HTMLDialogElement.prototype) { event.preventDefault(); ask(question.parentElement); }
  if (at("[data-dismiss]")) at("dialog")?.close();
  if (at("[data-look]")) { event.preventDefault(); choose(at("[data-look]")); }
  if (at("[data-copy]")) copy(at("[data-copy]"));
  if (at("[data-share]")) share(at("[data-share]"));
});
