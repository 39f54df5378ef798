// What the widgets do in a browser: they report what was seen and clicked, take away what is not wanted, turn their
// pages and fetch lists that were left for later. Without this script the lists work the same, only uncounted.
"use strict";
(() => {
  const KEY = "mmrec.clicks";
  const HALF = 0.5; // of a card, for
  const MOMENT = 1000; // milliseconds: then its list was seen
  const MOST_SHOWN = 200; // products that a lazy list can be told to leave out
  const { events, seen, csrf, known } = document.currentScript?.dataset ?? {};
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const post = (url, body) =>
    fetch(url, {
      method: "POST",
      keepalive: true,
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", ...(csrf && { "X-CSRFToken": csrf }) },
      body: JSON.stringify(body),
    });

  // A beacon outlives the page but carries no token; an account's events need one.
  const tell = (url, body) => {
    const blob = new Blob([JSON.stringify(body)], { type: "application/json" });
    if (csrf || !navigator.sendBeacon?.(url, blob)) post(url, body).catch(() => {});
  };

  const eventOf = (kind, card) => {
    const { impression } = card.closest(".mmrec").dataset;
    const { item, source } = card.dataset;
    return { kind, item, source, impression, key: `${kind}:${impression}:${item}:${source}`.slice(0, 100) };
  };

  // Clicks. Before the browser has its visitor, a click sent at once would race the next page for who gives it one, and
  // one visitor would become two: then the next page sends it.
  const kept = () => JSON.parse(localStorage.getItem(KEY) ?? "[]");

  const click = (event) => {
    const card = event.target.closest?.(".mmrec-item");
    if (!events || !card?.closest(".mmrec") || event.button > 1 || !event.target.closest("a")) return;
    const clicked = eventOf("click", card);
    if (known !== undefined) return tell(events, { events: [clicked] });
    try {
      localStorage.setItem(KEY, JSON.stringify([...kept(), clicked].slice(-50)));
    } catch {
      tell(events, { events: [clicked] }); // the browser keeps nothing
    }
  };

  const sendKept = () => {
    try {
      const clicks = kept();
      localStorage.removeItem(KEY);
      if (events && clicks.length) tell(events, { events: clicks });
    } catch {
      // as above
    }
  };

  // Lists that were seen, told together.
  const timers = new Map();
  const told = new Set();
  let untold = [];

  const tellSeen = () => {
    if (seen && untold.length) tell(seen, { impressions: untold });
    untold = [];
  };

  const saw = (card) => {
    const { impression } = card.closest(".mmrec")?.dataset ?? {};
    if (!impression || told.has(impression)) return;
    told.add(impression);
    if (untold.push(impression) === 1) setTimeout(tellSeen, 300);
  };

  const eye = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries) {
        clearTimeout(timers.get(target));
        if (intersectionRatio >= HALF) timers.set(target, setTimeout(saw, MOMENT, target));
      }
    },
    { threshold: HALF },
  );

  // "Not interested": the card goes at once and comes back if the shop did not hear of it.
  const dismiss = async (button) => {
    const card = button.closest(".mmrec-item");
    const list = card.closest(".mmrec");
    const said = list.querySelector(".mmrec-status");
    const others = [...list.querySelectorAll(".mmrec-item:not([hidden])")];
    const at = others.indexOf(card);
    card.hidden = true;
    const next = others[at + 1] ?? others[at - 1];
    (next?.querySelector(".mmrec-dismiss") ?? said).focus();
    said.classList.toggle("mmrec-alone", !next);
    try {
      const answer = await post(events, { events: [eventOf("dismiss", card)] });
      if (!answer.ok) throw answer.status;
      said.textContent = said.dataset.gone;
    } catch {
      card.hidden = false;
      said.classList.remove("mmrec-alone");
      said.textContent = said.dataset.failed;
      button.focus();
    }
  };

  // Carousels.
  const turn = (arrow) => {
    const items = arrow.closest(".mmrec").querySelector(".mmrec-items");
    const way = getComputedStyle(items).direction === "rtl" ? -arrow.dataset.step : +arrow.dataset.step;
    items.scrollBy({ left: way * items.clientWidth * 0.9, behavior: calm.matches ? "auto" : "smooth" });
  };

  const showArrows = (items, arrows) => {
    const room = items.scrollWidth - items.clientWidth;
    const at = Math.abs(items.scrollLeft); // from right to left it counts down from 0
    arrows.hidden = room < 2;
    const [back, further] = arrows.children;
    back.setAttribute("aria-disabled", at < 2);
    further.setAttribute("aria-disabled", at > room - 2);
  };

  // Lists that are fetched when they come near, one after the other, so that none repeats another.
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        queue = queue.then(() => fill(target));
      }
    },
    { rootMargin: "600px" },
  );
  let queue = Promise.resolve();

  // Where less comes than was kept free, or nothing, the place stays as high as it was while what stands below would be
  // seen to move. Once it is out of view it shrinks: below at once, above where the browser holds the page still.
  const held = CSS.supports("overflow-anchor", "auto");
  const spare = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      if (isIntersecting || (boundingClientRect.top < 0 && !held)) continue;
      spare.unobserve(target);
      if (target.dataset.lazy) target.remove();
      else target.style.minBlockSize = "";
    }
  });

  // A document, not text: nothing is ever parsed from a string, which a strict policy may forbid. Posted, because the
  // cards of a page may be more than an address holds.
  const fetched = (url, shown) =>
    new Promise((done, failed) => {
      const ask = new XMLHttpRequest();
      ask.open("POST", url);
      ask.responseType = "document";
      ask.onload = () => (ask.status === 200 ? done(ask.response) : failed(ask.status));
      ask.onerror = failed;
      ask.send(new URLSearchParams(shown));
    });

  const fill = async (place) => {
    const cards = [...document.querySelectorAll(".mmrec-item[data-item]")].slice(-MOST_SHOWN);
    const shown = cards.map(({ dataset }) => ["shown", `${dataset.source}:${dataset.item}`]);
    const list = await fetched(place.dataset.lazy, shown).then((page) => page?.querySelector(".mmrec"), () => null);
    const height = place.offsetHeight;
    if (list) {
      place.replaceWith(list);
      begin(list);
      if (list.offsetHeight < height) list.style.minBlockSize = `${height}px`;
    } else place.style.visibility = "hidden";
    spare.observe(list ?? place);
  };

  const begin = (list) => {
    if (list.dataset.lazy) {
      list.ariaBusy = "true";
      return near.observe(list);
    }
    for (const card of list.querySelectorAll(".mmrec-item")) eye.observe(card);
    for (const button of list.querySelectorAll(".mmrec-dismiss")) button.hidden = !events;
    const items = list.querySelector(".mmrec-items");
    const arrows = list.querySelector(".mmrec-arrows");
    if (list.dataset.look !== "carousel" || !items || !arrows) return;
    const show = () => showArrows(items, arrows);
    items.addEventListener("scroll", show, { passive: true });
    new ResizeObserver(show).observe(items);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".mmrec-dismiss, .mmrec-arrow");
    if (!button) return click(event);
    if (button.matches(".mmrec-dismiss")) dismiss(button);
    else if (button.getAttribute("aria-disabled") !== "true") turn(button);
  });
  document.addEventListener("auxclick", click); // the middle button opens a new tab
  document.addEventListener("visibilitychange", () => document.hidden && tellSeen());
  sendKept();
  document.querySelectorAll(".mmrec").forEach(begin);
})();
