// Suggestions under every field with data-unit-search: type a few letters of a unit, with or without accents.
// A page that has such a field loads this by
//   {% block scripts %}<script type="module" src="{{ static_url('units.js') }}"></script>{% endblock %}
// What is picked is written into the field as "Phường Sen Hồng (P07)", which the server reads back; without
// script the field is an ordinary one and the server looks for what was typed.
const SOURCE = new URL("../../units/suggest", import.meta.url);
const WAIT = 180; // milliseconds after the last key
const SENTENCES = {
  vi: { some: (n) => `Có ${n} đơn vị, dùng phím mũi tên để chọn.`, none: "Không có đơn vị nào giống vậy.", list: "Đơn vị", was: "tên cũ" },
  en: { some: (n) => `${n} ${n === 1 ? "unit" : "units"}, use the arrow keys to choose.`, none: "No unit looks like that.", list: "Units", was: "formerly" },
};
const words = SENTENCES[document.documentElement.lang] ?? SENTENCES.vi;

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

function dress(input, serial) {
  const list = element("ul", { role: "listbox", id: `units-${serial}`, "aria-label": words.list, hidden: "" });
  const status = element("p", { class: "unseen", role: "status" });
  const box = element("div", { class: "unit-search" });
  input.replaceWith(box);
  box.append(input, list, status);
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off", autocapitalize: "off", spellcheck: "false" })) input.setAttribute(key, value);

  let timer = 0;
  let asked = "";
  let asking = null;
  let chosen = -1;

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const point = (index) => {
    const options = [...list.children];
    chosen = (index + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };

  const pick = (option) => {
    input.value = option.dataset.value;
    asked = input.value;
    close();
    status.textContent = "";
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const show = (units) => {
    list.replaceChildren(...units.map(({ code, name, above, was }, place) => {
      const option = element("li", { role: "option", id: `${list.id}-${place}`, "aria-selected": "false", "data-value": `${name} (${code})` }, element("b", {}, name));
      if (was) option.append(element("span", {}, `${words.was}: ${was}`));
      option.append(element("span", {}, above ? `${code} · ${above}` : code));
      return option;
    }));
    chosen = -1;
    list.hidden = units.length === 0;
    input.setAttribute("aria-expanded", String(units.length > 0));
    input.removeAttribute("aria-activedescendant");
    if (units.length) list.scrollIntoView({ block: "nearest" });
    status.textContent = units.length ? words.some(units.length) : words.none;
  };

  const ask = async () => {
    const typed = input.value.trim();
    if (typed === asked && !list.hidden) return;
    asked = typed;
    if (!typed) { close(); return; }
    asking?.abort();
    asking = new AbortController();
    const address = new URL(SOURCE);
    address.searchParams.set("q", typed);
    try {
      const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (answer.ok && document.activeElement === input) show((await answer.json()).units);
    } catch { /* No network, or newer letters: the field stays an ordinary one. */ }
  };

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) ask();
      else point(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
    } else if (event.key === "Enter" && open && chosen >= 0) {
      event.preventDefault();
      pick(list.children[chosen]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    }
  });
  // Keeps the focus (and the phone's keyboard) in the field while a finger is on the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) pick(option);
  });
}

const fields = [...document.querySelectorAll("[data-unit-search]")];
if (fields.length) {
  document.head.append(element("link", { rel: "stylesheet", href: new URL("units.css", import.meta.url).href }));
  fields.forEach(dress);
}
