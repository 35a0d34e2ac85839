// What may be wrong with a page that one can see: put into every page before its own scripts, beside axe.

/** What stands wider than the screen, unless it scrolls inside a box of its own. */
function wider(width) {
  if (document.documentElement.scrollWidth <= width) return [];
  const loose = [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > width + 1 && !one.closest(".table-box, .strip, pre"));
  return loose.slice(0, 5).map(named).concat("scrolls sideways");
}

/** What a finger could miss. Links inside sentences and rows of text are exempt, as WCAG has it. */
function small() {
  return [...document.querySelectorAll("button, .button, select, summary, input:not([type=hidden])")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".unseen, dialog"))
    .map((one) => [one, Math.max(...reaches(one).map((target) => target.getBoundingClientRect().height))])
    .filter(([, height]) => height && height < 43.5)
    .slice(0, 5)
    .map(([one, height]) => `too small (${Math.round(height)} px): ${named(one)} ${one.name ?? ""}`);
}

/** What hits this control: itself, and for a box or a dot the words beside it. */
function reaches(one) {
  if (!one.matches("[type=radio], [type=checkbox]")) return [one];
  return [one, one.closest(".choice, .option, label"), ...one.labels].filter(Boolean);
}

/** Text twice as large, as WCAG asks: nothing may need a sideways scroll. */
function twice(width) {
  document.documentElement.style.fontSize = "200%";
  const found = wider(width).map((one) => `with large text: ${one}`);
  document.documentElement.style.fontSize = "";
  return found;
}

function named(one) {
  return `${one.tagName.toLowerCase()}.${[...one.classList].join(".")}`;
}

async function barriers(guidelines) {
  const runOnly = { type: "tag", values: guidelines };
  const found = await axe.run({ resultTypes: ["violations"], preload: false, runOnly });
  const places = (rule) => rule.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ");
  return found.violations.map((rule) => `${rule.id}: ${places(rule)}`);
}

/** Everything that is wrong on a screen this wide. `touched`: fingers use it; `guidelines`: what axe goes by. */
globalThis.lookAt = async ({ width, touched, guidelines }) => [
  ...wider(width),
  ...(touched ? [...small(), ...twice(width)] : []),
  ...(await barriers(guidelines)),
];

globalThis.head = () => ({
  title: document.title,
  lang: document.documentElement.lang,
  h1: document.querySelectorAll("h1").length,
  text: document.body.innerText,
});

/** Send the form whose address ends in `to`, with these fields changed, past what the browser would ask for. */
globalThis.sendForm = ({ to, fields }) => {
  const form = [...document.forms].find((one) => one.method === "post" && new URL(one.action).pathname.endsWith(to));
  for (const [name, value] of Object.entries(fields)) {
    const held = [...form.elements].filter((one) => one.name === name && one.type !== "submit");
    for (const one of held) {
      if (one.matches("[type=radio], [type=checkbox]")) one.checked = one.value === value;
      else one.value = value;
    }
    if (!held.length) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  HTMLFormElement.prototype.submit.call(form);
};
