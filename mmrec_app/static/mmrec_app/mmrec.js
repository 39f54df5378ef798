// Tells the shop which recommended product was clicked. Without this script the lists work the same, only uncounted.
const report = (event) => {
  if (event.button > 1) return;
  const item = event.target.closest?.(".mmrec-item");
  const list = item?.closest(".mmrec");
  if (!list || !event.target.closest("a")) return;
  const click = {
    kind: "click",
    item: item.dataset.item,
    source: item.dataset.source,
    impression: list.dataset.impression,
    key: `${list.dataset.impression}:${item.dataset.source}:${item.dataset.item}`,
  };
  fetch(list.dataset.events, {
    method: "POST",
    keepalive: true,
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": list.dataset.csrf },
    body: JSON.stringify({ events: [click] }),
  }).catch(() => {});
};
document.addEventListener("click", report);
document.addEventListener("auxclick", report); // the middle button opens a new tab
