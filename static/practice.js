// Practice behaves as on the phone: things to be ordered move by arrows, pictures open in place.
import { given, move, put, zoom } from "./attempt-kinds.js";

const form = document.querySelector("[data-practice]");
const section = form?.querySelector("section");

if (section) put(section, "", false);

// An ordering is sent as it stands in the list, in one field instead of the boxes that are for those without script.
form?.addEventListener("submit", (event) => {
  if (section.dataset.kind !== "ordering" || event.submitter?.value === "show") return;
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: `answer-${section.dataset.position}`, value: given(section) }));
});

document.addEventListener("click", (event) => {
  const arrow = event.target.closest("[data-move]");
  const picture = event.target.closest("[data-zoom]");
  if (arrow) move(arrow);
  if (event.target.closest("[data-keep-order]")) form.requestSubmit(form.querySelector("[value=answer]"));
  if (picture && "showModal" in HTMLDialogElement.prototype) { event.preventDefault(); zoom(picture); }
});
