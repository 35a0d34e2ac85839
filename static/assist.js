// A volunteer's tablet before the next person: nothing the last one left in this browser stays, settings included.
for (const kept of ["localStorage", "sessionStorage"]) {
  try { window[kept].clear(); } catch { /* refused: then nothing was kept either */ }
}
const root = document.documentElement.dataset;
for (const name of ["text", "scheme", "contrast"]) delete root[name];
