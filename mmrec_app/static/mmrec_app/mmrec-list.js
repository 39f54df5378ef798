// <mmrec-list placement="similar" item="17" heading="Like this"></mmrec-list>, on a page of another host than the shop:
//
//   <script src="https://shop.example/static/mmrec_app/mmrec-list.js" defer blocking="render"
//           data-api="https://shop.example/mmrec/headless/v1/KEY/"></script>
//
// Who looks is told by a signed token that the shop hands out at the first click; it lies in localStorage. Before that,
// lists are everybody's and come from whatever cache is near. Once the page names a user (data-visitor), the token goes
// along a last time: what was done under it becomes the account's. Under data-consent="no" nobody is told apart, and
// nothing is sent or kept.
"use strict";
(() => {
  const script = document.currentScript;
  const { src, dataset } = script;
  const api = new URL(dataset.api, location.href);
  const TOKEN = `mmrec.token:${api}`;
  const UNSENT = `mmrec.unsent:${api}`;
  const MOMENT = 1000;
  const MOST = 3000; // characters of an address: some servers take 4,094

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

  const drop = (key) => {
    memory.delete(key);
    try {
      localStorage.removeItem(key);
    } catch {
      // it was in memory only
    }
  };

  const BEFORE = "Mmrec-Before";
  const refused = () => dataset.consent === "no";
  const consent = () => (dataset.consent ? { "Mmrec-Consent": dataset.consent } : {});
  const headers = (token) => {
    if (!token) return {};
    const before = dataset.visitor && read(TOKEN);
    return { "Mmrec-Visitor": token, ...consent(), ...(before && { [BEFORE]: before }) };
  };
  const ask = async (path, options = {}) => {
    const answer = await fetch(new URL(path, api), { credentials: "omit", ...options });
    if (answer.ok && options.headers?.[BEFORE]) drop(TOKEN);
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
      known = (await (await ask("visitor/", { method: "POST", headers: consent() })).json()).token;
      if (known && !refused()) keep(TOKEN, known);
    }
    return known;
  };

  // Sends what is unsent; a token that has aged is replaced once. What does not arrive goes with the next page.
  const unsent = () => JSON.parse(read(UNSENT) ?? "[]");
  const flush = async () => {
    const events = unsent();
    if (!events.length) return true;
    const known = await token();
    if (!known) return drop(UNSENT); // the shop may not remember who this is
    let answer = await send("events/", { events }, known);
    if (answer.status === 401) answer = await send("events/", { events }, await token(true));
    if (answer.ok || answer.status === 400) {
      const sent = new Set(events.map(({ key }) => key));
      keep(UNSENT, JSON.stringify(unsent().filter(({ key }) => !sent.has(key))));
    }
    return answer.ok;
  };
  const report = async (event) => {
    if (refused()) return false;
    keep(UNSENT, JSON.stringify([...unsent(), event].slice(-50)));
    return flush().catch(() => false);
  };

  const make = (tag, className, more = {}) => Object.assign(document.createElement(tag), { className, ...more });
  const ASKED = ["item", "source", "k", "category", "price-min", "price-max"]; // attributes that are parameters
  const SEVERAL = ["items", "attribute"]; // of these each value is one, set apart by commas
  const MOST_BONES = 24;
  const lists = new Set(); // of the page
  const shown = new Map(); // element -> what it shows: no list of the page repeats another's

  // What gives a list its height: until mmrec.css is there, which says the same, its place is kept by this alone.
  const ROW = "grid-auto-columns: var(--card); grid-auto-flow: column; grid-template-columns: none; overflow-x: auto; scrollbar-width: none;";
  const shapes = new CSSStyleSheet();
  shapes.replaceSync(`
    .mmrec {
      --gap: var(--mmrec-gap, 1.25rem);
      --columns: var(--mmrec-columns, 4);
      --card: calc((100% - (var(--columns) - 1) * var(--gap)) / var(--columns));
      font-family: var(--mmrec-font, inherit);
      margin-block: 2.5rem;
      visibility: hidden;
    }
    .mmrec-head { display: flex; gap: 1rem; justify-content: space-between; margin-block-end: 1rem; min-block-size: 2.25rem; }
    .mmrec-head:empty, .mmrec-dismiss, .mmrec-status { display: none; }
    .mmrec-heading { font-size: 1.375rem; line-height: 1.25; margin: 0; }
    .mmrec-items { display: grid; gap: calc(1.5 * var(--gap)) var(--gap); grid-template-columns: repeat(var(--columns), minmax(0, 1fr)); list-style: none; margin: 0; padding: 0; }
    .mmrec-link { display: grid; }
    .mmrec-image { aspect-ratio: 1; display: block; height: auto; width: 100%; }
    .mmrec-title, .mmrec-price, .mmrec-reason { block-size: 2lh; font-size: 0.9375rem; line-height: 1.4; overflow: hidden; }
    .mmrec-title { margin-block: 0.6rem 0.15rem; }
    .mmrec-price { block-size: 1lh; }
    .mmrec-reason { font-size: 0.8125rem; margin-block-start: 0.15rem; }
    [data-look="carousel"] .mmrec-items { ${ROW} }
    @media (max-width: 40rem) { .mmrec { --card: 42%; } .mmrec .mmrec-items { ${ROW} } }
  `);

  // Where less comes than was kept free, or nothing, the place stays as high as it was while what stands below would be
  // seen to move. Once it is out of view it shrinks: below at once, above where the browser holds the page still.
  const held = CSS.supports("overflow-anchor", "auto");
  const spare = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      if (isIntersecting || (boundingClientRect.top < 0 && !held)) continue;
      spare.unobserve(target);
      if (target.ariaBusy) target.getRootNode().host?.leave();
      else target.style.minBlockSize = "";
    }
  });

  // Lists are fetched when they come near, one after the other.
  let queue = Promise.resolve();
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const { host } = target.getRootNode();
        if (!isIntersecting || !host) continue;
        near.unobserve(target);
        queue = queue.then(() => host.load()).catch(() => host.show(null));
      }
    },
    { rootMargin: "600px" },
  );

  class MmrecList extends HTMLElement {
    static observedAttributes = ["placement", "heading", "look", ...ASKED, ...SEVERAL];

    connectedCallback() {
      lists.add(this);
      if (!this.shadowRoot) {
        const look = make("link", "", { rel: "stylesheet", href: new URL("mmrec.css", src) });
        this.attachShadow({ mode: "open" }).append(look);
        this.shadowRoot.adoptedStyleSheets = [shapes];
        look.onload = look.onerror = () => (this.shadowRoot.adoptedStyleSheets = []);
      }
      this.wait();
    }

    disconnectedCallback() {
      lists.delete(this);
      shown.delete(this);
    }

    attributeChangedCallback(name, before, now) {
      if (this.isConnected && this.shadowRoot && before !== now) this.wait();
    }

    wait() {
      this.stale = true;
      if (!this.section) this.draw(this.bones());
      near.observe(this.section);
    }

    draw(section) {
      const place = this.section;
      const height = place?.ariaBusy ? place.offsetHeight : 0;
      this.leave();
      this.section = section;
      this.shadowRoot.append(section);
      if (section.offsetHeight < height) section.style.minBlockSize = `${height}px`;
    }

    leave() {
      if (!this.section) return;
      for (const eye of [near, spare]) eye.unobserve(this.section);
      this.section.remove();
      this.section = null;
    }

    get language() {
      return this.closest("[lang]")?.lang || document.documentElement.lang || undefined;
    }

    async load() {
      if (!this.isConnected) return;
      this.stale = false;
      shown.delete(this);
      const url = new URL(`recommendations/${encodeURIComponent(this.getAttribute("placement"))}/`, api);
      for (const name of ASKED) {
        if (this.hasAttribute(name)) url.searchParams.set(name.replace("-", "_"), this.getAttribute(name));
      }
      for (const name of SEVERAL) {
        const values = (this.getAttribute(name) ?? "").split(",").map((value) => value.trim());
        for (const value of values.filter(Boolean)) url.searchParams.append(name, value);
      }
      for (const key of [...shown.values()].reverse().flat()) {
        if (url.href.length < MOST) url.searchParams.append("exclude", key); // the nearest list's first
      }
      const told = this.language && { "Accept-Language": this.language };
      const known = refused() ? null : (dataset.visitor ?? read(TOKEN));
      let answer = await ask(url, { headers: { ...told, ...headers(known) } });
      if (answer.status === 401) answer = await ask(url, { headers: { ...told, ...headers(await token(true)) } });
      this.show(answer.ok ? await answer.json() : null);
      if (this.stale) this.wait(); // something has changed meanwhile
    }

    show(list) {
      this.list = list;
      if (!list?.items.length) {
        this.draw(this.bones());
        this.section.style.visibility = "hidden";
        spare.observe(this.section);
        return;
      }
      shown.set(this, list.items.map(({ source, object_id: id }) => `${source}:${id}`));
      const items = make("ul", "mmrec-items");
      items.setAttribute("role", "list");
      items.append(...list.items.map((card) => this.card(card)));
      this.said = make("p", "mmrec-status", { tabIndex: -1 });
      this.said.setAttribute("role", "status");
      const section = this.frame(items, list.words);
      section.setAttribute("aria-label", this.getAttribute("heading") ?? list.words.list);
      section.append(this.said);
      this.draw(section);
      spare.observe(section);
      if (list.impression) this.watch(items);
    }

    // Shapes as large as what replaces them: nothing moves when it comes.
    bones() {
      const items = make("ul", "mmrec-items", { ariaHidden: "true" });
      const count = Math.min(Number(this.getAttribute("k")) || 12, MOST_BONES);
      for (let n = 0; n < count; n++) {
        const link = make("span", "mmrec-link");
        link.append(...["image", "title", "price", "reason"].map((part) => make("span", `mmrec-${part}`)));
        const bone = make("li", "mmrec-bones");
        bone.append(link);
        items.append(bone);
      }
      const section = this.frame(items);
      section.ariaBusy = "true";
      return section;
    }

    frame(items, words) {
      const section = make("section", "mmrec");
      section.dataset.look = this.getAttribute("look") ?? "grid";
      section.append(this.head(items, words), items);
      return section;
    }

    head(items, words) {
      const head = make("div", "mmrec-head");
      if (this.hasAttribute("heading")) {
        head.append(make("h2", "mmrec-heading", { textContent: this.getAttribute("heading") }));
      }
      if (this.getAttribute("look") !== "carousel") return head;
      const arrows = make("div", "mmrec-arrows");
      for (const [step, word] of words ? [[-1, words.back], [1, words.further]] : []) {
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
      link.append(make("span", "mmrec-reason", { textContent: card.reason }));
      link.onclick = link.onauxclick = (event) => this.clicked(event, card);
      const button = make("button", "mmrec-dismiss", { type: "button", title: this.list.words.dismiss });
      button.ariaLabel = `${this.list.words.dismiss}: ${card.title}`;
      button.onclick = () => this.dismiss(item, button, card);
      item.append(link);
      if (!refused()) item.append(button);
      return item;
    }

    money({ price, currency }) {
      if (price === null) return "";
      const style = currency ? { style: "currency", currency } : { minimumFractionDigits: 2 };
      return new Intl.NumberFormat(this.language, style).format(price);
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
            if (refused()) return;
            send("seen/", { impressions: [impression] }, await token()).catch(() => {});
          }, MOMENT);
        },
        { threshold: 0.5 },
      );
      for (const item of items.children) eye.observe(item);
    }
  }

  const begin = () => {
    if (refused()) [TOKEN, UNSENT].forEach(drop);
    else flush().catch(() => {});
  };
  customElements.define("mmrec-list", MmrecList);
  begin();
  new MutationObserver(() => {
    begin();
    for (const list of lists) list.wait();
  }).observe(script, { attributeFilter: ["data-consent", "data-visitor"] });
})();
