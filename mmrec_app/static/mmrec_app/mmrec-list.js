// <mmrec-list placement="similar" item="17" heading="Like this"></mmrec-list>, on a page of another host than the shop:
//
//   <script src="https://shop.example/static/mmrec_app/mmrec-list.js" defer
//           data-api="https://shop.example/mmrec/headless/KEY/"></script>
//
// Who looks is told by a signed token that the shop hands out at the first click; it lies in localStorage. Before that,
// lists are everybody's and come from whatever cache is near. Once the page names a user (data-visitor), the token goes
// along a last time: what was done under it becomes the account's.
"use strict";
(() => {
  const { src, dataset } = document.currentScript;
  const api = new URL(dataset.api, location.href);
  const TOKEN = `mmrec.token:${api}`;
  const UNSENT = `mmrec.unsent:${api}`;
  const MOMENT = 1000;

  const memory = new Map(); // stands in where the browser keeps nothing
  const read = (key) => {
    try {
      return localStorage.getItem(key) ?? memory.get(key);
    } catch {
      return memory.get(key);
    }
  };
  const keep = (key, value) => {
    memory.set(key, value);
    try {
      localStorage.setItem(key, value);
    } catch {
      // in memory, then
    }
  };

  const BEFORE = "Mmrec-Before";
  const headers = (token) => {
    const before = dataset.visitor && read(TOKEN);
    return { ...(token && { "Mmrec-Visitor": token }), ...(before && { [BEFORE]: before }) };
  };
  const ask = async (path, options = {}) => {
    const answer = await fetch(new URL(path, api), { credentials: "omit", ...options });
    if (answer.ok && options.headers?.[BEFORE]) keep(TOKEN, "");
    return answer;
  };
  const send = (path, body, token) =>
    ask(path, {
      method: "POST",
      keepalive: true,
      headers: { "Content-Type": "application/json", ...headers(token) },
      body: JSON.stringify(body),
    });

  const token = async (anew = false) => {
    let known = dataset.visitor ?? (anew ? null : read(TOKEN));
    if (!known) {
      known = (await (await ask("visitor/", { method: "POST" })).json()).token;
      keep(TOKEN, known);
    }
    return known;
  };

  // Sends what is unsent; a token that has aged is replaced once. What does not arrive goes with the next page.
  const unsent = () => JSON.parse(read(UNSENT) ?? "[]");
  const flush = async () => {
    const events = unsent();
    if (!events.length) return true;
    let answer = await send("events/", { events }, await token());
    if (answer.status === 401) answer = await send("events/", { events }, await token(true));
    if (answer.ok || answer.status === 400) {
      const sent = new Set(events.map(({ key }) => key));
      keep(UNSENT, JSON.stringify(unsent().filter(({ key }) => !sent.has(key))));
    }
    return answer.ok;
  };
  const report = (event) => {
    keep(UNSENT, JSON.stringify([...unsent(), event].slice(-50)));
    return flush().catch(() => false);
  };

  const make = (tag, className, more = {}) => Object.assign(document.createElement(tag), { className, ...more });
  const shown = new Map(); // element -> what it shows: no list of the page repeats another's
  let queue = Promise.resolve();

  class MmrecList extends HTMLElement {
    static observedAttributes = ["placement", "item", "source", "k", "category"];

    connectedCallback() {
      queue = queue.then(() => this.load()).catch(() => this.show(null));
    }

    disconnectedCallback() {
      shown.delete(this);
    }

    attributeChangedCallback(name, before) {
      if (this.isConnected && this.shadowRoot && before !== null) this.connectedCallback();
    }

    async load() {
      shown.delete(this);
      const url = new URL(`recommendations/${encodeURIComponent(this.getAttribute("placement"))}/`, api);
      for (const name of ["item", "source", "k", "category"]) {
        if (this.hasAttribute(name)) url.searchParams.set(name, this.getAttribute(name));
      }
      for (const key of [...shown.values()].flat()) url.searchParams.append("exclude", key);
      let answer = await ask(url, { headers: headers(dataset.visitor ?? read(TOKEN)) });
      if (answer.status === 401) answer = await ask(url, { headers: headers(await token(true)) });
      this.show(answer.ok ? await answer.json() : null);
    }

    show(list) {
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      this.list = list;
      if (!list?.items.length) return root.replaceChildren();
      shown.set(this, list.items.map(({ source, object_id: id }) => `${source}:${id}`));
      const look = make("link", "", { rel: "stylesheet", href: new URL("mmrec.css", src) });
      const section = make("section", "mmrec");
      section.dataset.look = this.getAttribute("look") ?? "grid";
      section.setAttribute("aria-label", this.getAttribute("heading") ?? list.words.list);
      const items = make("ul", "mmrec-items");
      items.setAttribute("role", "list");
      items.append(...list.items.map((card) => this.card(card)));
      this.said = make("p", "mmrec-status", { tabIndex: -1 });
      this.said.setAttribute("role", "status");
      section.append(this.head(items), items, this.said);
      section.hidden = true; // until it is dressed
      look.onload = look.onerror = () => (section.hidden = false);
      root.replaceChildren(look, section);
      if (list.impression) this.watch(items);
    }

    head(items) {
      const head = make("div", "mmrec-head");
      if (this.hasAttribute("heading")) {
        head.append(make("h2", "mmrec-heading", { textContent: this.getAttribute("heading") }));
      }
      if (this.getAttribute("look") !== "carousel") return head;
      const arrows = make("div", "mmrec-arrows");
      for (const [step, word] of [[-1, this.list.words.back], [1, this.list.words.further]]) {
        const arrow = make("button", "mmrec-arrow", { type: "button", ariaLabel: word });
        arrow.dataset.step = step;
        arrow.onclick = () => {
          const way = getComputedStyle(items).direction === "rtl" ? -step : step;
          const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
          items.scrollBy({ left: way * items.clientWidth * 0.9, behavior: calm ? "auto" : "smooth" });
        };
        arrows.append(arrow);
      }
      head.append(arrows);
      return head;
    }

    card(card) {
      const item = make("li", "mmrec-item");
      const link = make("a", "mmrec-link", { href: card.url });
      const picture = card.image
        ? make("img", "mmrec-image", { src: new URL(card.image, api), alt: "", width: 320, height: 320, loading: "lazy" })
        : make("span", "mmrec-image mmrec-blank", { textContent: card.title.slice(0, 1), ariaHidden: "true" });
      link.append(picture, make("span", "mmrec-title", { textContent: card.title }));
      link.append(make("span", "mmrec-price", { textContent: this.money(card) }));
      if (this.list.items.some(({ reason }) => reason)) {
        link.append(make("span", "mmrec-reason", { textContent: card.reason }));
      }
      link.onclick = link.onauxclick = (event) => this.clicked(event, card);
      const button = make("button", "mmrec-dismiss", { type: "button", title: this.list.words.dismiss });
      button.ariaLabel = `${this.list.words.dismiss}: ${card.title}`;
      button.onclick = () => this.dismiss(item, button, card);
      item.append(link, button);
      return item;
    }

    money({ price, currency }) {
      if (price === null) return "";
      const language = this.closest("[lang]")?.lang || undefined;
      const style = currency ? { style: "currency", currency } : { minimumFractionDigits: 2 };
      return new Intl.NumberFormat(language, style).format(price);
    }

    event(kind, { source, object_id: item }) {
      const { impression } = this.list;
      const key = `${kind}:${impression ?? crypto.randomUUID()}:${item}:${source}`.slice(0, 100);
      return { kind, source, item, impression, key };
    }

    // A storefront with pages of its own making listens for "mmrec:click" and prevents its default.
    clicked(event, card) {
      if (event.button > 1) return;
      report(this.event("click", card));
      const told = new CustomEvent("mmrec:click", { bubbles: true, composed: true, cancelable: true, detail: card });
      if (!this.dispatchEvent(told)) event.preventDefault();
    }

    async dismiss(item, button, card) {
      const others = [...item.parentNode.children].filter((each) => !each.hidden);
      const at = others.indexOf(item);
      const next = others[at + 1] ?? others[at - 1];
      item.hidden = true;
      (next?.querySelector("button") ?? this.said).focus();
      this.said.classList.toggle("mmrec-alone", !next);
      const { gone, failed } = this.list.words;
      const heard = await report(this.event("dismiss", card));
      this.said.textContent = heard ? gone : failed;
      if (heard) return;
      item.hidden = false;
      this.said.classList.remove("mmrec-alone");
      button.focus();
    }

    watch(items) {
      const { impression } = this.list;
      let timer;
      const eye = new IntersectionObserver(
        (entries) => {
          if (!entries.some(({ intersectionRatio }) => intersectionRatio >= 0.5)) return;
          clearTimeout(timer);
          timer = setTimeout(async () => {
            eye.disconnect();
            send("seen/", { impressions: [impression] }, await token()).catch(() => {});
          }, MOMENT);
        },
        { threshold: 0.5 },
      );
      for (const item of items.children) eye.observe(item);
    }
  }

  customElements.define("mmrec-list", MmrecList);
  flush().catch(() => {});
})();
