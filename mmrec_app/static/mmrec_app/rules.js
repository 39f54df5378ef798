// A rule's form: its preview follows what is typed, and fields that an action has no use for step aside. Without this
// script a button shows the preview on a page of its own, and every field is there.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const $ = window.django?.jQuery;
  const place = document.querySelector("[data-mmrec-try]");
  const form = place?.closest("form");
  if (!$ || !form) return;
  const PAUSE = 350;

  for (const select of form.querySelectorAll("select.mmrec-search")) $(select).select2({ theme: "admin-autocomplete" });
  // Select2 names its boxes by what is chosen in them, which may be nothing.
  setTimeout(() => {
    for (const box of form.querySelectorAll(".select2-selection")) {
      const [label] = box.closest(".select2-container").previousElementSibling.labels ?? [];
      if (!label) continue;
      label.id ||= `${label.htmlFor}_label`;
      box.setAttribute("aria-labelledby", `${label.id} ${box.getAttribute("aria-labelledby") ?? ""}`.trim());
      box.querySelector("input, [role=textbox]")?.setAttribute("aria-labelledby", label.id);
    }
  });
  // What is chosen last stands last, also if it was chosen before: pins stand in this order.
  $("#id_items").on("select2:select", ({ target, params }) => {
    target.append(params.data.element ?? [...target.options].find(({ value }) => value === params.data.id));
  });

  const field = (name) => form.elements[name];
  const row = (name) => form.querySelector(`.form-row.field-${name}`);
  const empty = (name) => {
    const { value, selectedOptions } = field(name) ?? {};
    return selectedOptions ? ![...selectedOptions].some((option) => option.value) : !value;
  };

  function arrange() {
    field("try-words").closest("div").hidden = field("try-placement").value !== "search";
    const action = field("action")?.value;
    if (action === undefined) return;
    row("position").hidden = action !== "pin";
    row("factor").hidden = !["boost", "bury"].includes(action);
    row("items").closest("fieldset").querySelector(".description").hidden = action === "pin";
    for (const names of [["category"], ["attributes"], ["price_min", "price_max"]]) {
      row(names[0]).hidden = action === "pin" && names.every(empty);
    }
  }

  // The list that is tried is one of the rule's, unless it is for all.
  function follow() {
    const lists = [...form.querySelectorAll("[name=placements]:checked")].map(({ value }) => value);
    const tried = field("try-placement");
    const known = [...tried.options].map(({ value }) => value);
    const first = lists.find((name) => known.includes(name));
    if (first && !lists.includes(tried.value)) tried.value = first;
  }

  let timer;
  let asked = 0;

  function show() {
    const number = ++asked;
    const trial = document.querySelector("[data-mmrec-trial]");
    const ask = new XMLHttpRequest();
    const sent = new FormData(form);
    const changes = form.method === "post";
    const query = changes ? "" : `?${new URLSearchParams(sent)}`;
    trial.setAttribute("aria-busy", "true");
    ask.open(form.method, place.dataset.mmrecTry + query);
    ask.responseType = "document";
    ask.onloadend = () => {
      if (number !== asked) return;
      const found = ask.status === 200 && ask.response?.querySelector("[data-mmrec-trial]");
      if (found) trial.replaceWith(found);
      else trial.removeAttribute("aria-busy");
      form.classList.toggle("mmrec-live", Boolean(found));
    };
    ask.send(changes ? sent : null);
  }

  // Select2 tells jQuery of its changes, not the browser.
  $(form).on("input change", ({ target }) => {
    if (target.name === "placements") follow();
    arrange();
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
  arrange();
  if (document.querySelector("[data-mmrec-trial]:empty")) show();
});
