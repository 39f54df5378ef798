// Tells the shop which recommended product was clicked. Without this script the lists work the same, only uncounted.
//
// A click is kept and sent by the next page: sent at once, it would race that page for who gives a new visitor their
// cookie, and one visitor would become two.
(() => {
  const KEY = "mmrec.clicks";

  const send = ({ events, csrf, click }) =>
    fetch(events, {
      method: "POST",
      keepalive: true,
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body: JSON.stringify({ events: [click] }),
    }).catch(() => {});

  const kept = () => JSON.parse(localStorage.getItem(KEY) ?? "[]");

  const report = (event) => {
    const item = event.target.closest?.(".mmrec-item");
    const list = item?.closest(".mmrec");
    if (!list || event.button > 1 || !event.target.closest("a")) return;
    const { impression, events, csrf } = list.dataset;
    const { item: id, source } = item.dataset;
    const click = { kind: "click", item: id, source, impression, key: `${impression}:${source}:${id}` };
    try {
      localStorage.setItem(KEY, JSON.stringify([...kept(), { events, csrf, click }]));
    } catch {
      send({ events, csrf, click }); // the browser keeps nothing
    }
  };

  const sendKept = () => {
    try {
      const clicks = kept();
      localStorage.removeItem(KEY);
      clicks.forEach(send);
    } catch {
      // as above
    }
  };

  document.addEventListener("click", report);
  document.addEventListener("auxclick", report); // the middle button opens a new tab
  sendKept();
})();
