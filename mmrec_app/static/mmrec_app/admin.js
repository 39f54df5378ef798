// The progress of a training, asked for every two seconds. Without this script the page shows it as of its loading.
"use strict";
(() => {
  const run = document.querySelector("[data-mmrec-run]");
  if (!run) return;
  const PAUSE = 2000;

  const cells = (names, tag) => names.map((name) => {
    const cell = document.createElement(tag);
    if (tag === "th") cell.scope = "col";
    cell.textContent = name;
    return cell;
  });
  const row = (names, tag) => {
    const made = document.createElement("tr");
    made.append(...cells(names, tag));
    return made;
  };

  function show(told) {
    for (const place of run.querySelectorAll("[data-field]")) {
      const text = String(told[place.dataset.field] || "–");
      if (place.textContent !== text) place.textContent = text;
    }
    const bar = run.querySelector("progress");
    if (told.percent === null) bar.removeAttribute("value");
    else bar.value = told.percent;
    const table = run.querySelector("table");
    if (table.tBodies[0].rows.length === told.log.rows.length) return;
    table.hidden = false;
    table.tHead.replaceChildren(row(told.log.columns, "th"));
    table.tBodies[0].replaceChildren(...told.log.rows.map((each) => row(each, "td")));
  }

  async function ask() {
    try {
      const answer = await fetch(run.dataset.mmrecRun, { headers: { Accept: "application/json" } });
      if (answer.redirected || answer.status === 403 || answer.status === 404) return;
      if (answer.ok) {
        const told = await answer.json();
        if (!told.running) return location.reload();
        show(told);
      }
    } catch {
      // the server restarts, or the phone is in a tunnel: the next question finds it again
    }
    setTimeout(ask, PAUSE);
  }
  setTimeout(ask, PAUSE);
})();
