// How the client is used; the tests check the types of this file, and that the lines marked as wrong are.
import { Mmrec, ProblemError, type Card, type List } from "./client";

const shop = new Mmrec({ base: "/mmrec/", csrf: () => /csrftoken=(\w+)/.exec(document.cookie)?.[1] });

export async function similar(item: string): Promise<Card[]> {
  const found: List = await shop.recommendations("similar", { item, k: 8, price_max: 50 });
  await shop.events({ events: [{ kind: "view", item, impression: found.impression }] });
  return found.items;
}

export async function why(item: string): Promise<Record<string, string>> {
  const { items } = await shop.recommendations("bought_together", { item });
  return Object.fromEntries(items.map(({ title, reason, reason_kind: kind }) => [title, kind === "pinned" ? "" : reason]));
}

export async function withTheCart(items: string[]): Promise<Card[]> {
  return (await shop.recommendations("cart", { items, k: 4 })).items;
}

const elsewhere = (token: string) =>
  new Mmrec({ base: "https://shop.example/mmrec/", headers: () => ({ "Mmrec-Visitor": token }) });

export async function forgetMe(token: string): Promise<number> {
  const { erased } = await elsewhere(token).headlessEraseMe("storefront");
  return erased["event"] ?? 0;
}

export async function byPhoto(photo: Blob): Promise<Card[]> {
  let found = await shop.searchByPhoto({ photo }, { k: 12 });
  while ("photo" in found) {
    const { photo: key, retry_after: seconds } = found;
    await new Promise((go) => setTimeout(go, seconds * 1000));
    found = await shop.search({ photo: key, k: 12 });
  }
  return found.items;
}

export async function retrain(): Promise<string> {
  try {
    const generation = await shop.train({ settings: { epochs: 4 } });
    return `generation ${generation.number} is ${generation.state}`;
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 409) return error.message;
    throw error;
  }
}

export async function redDressesUp(): Promise<number> {
  const rule = await shop.addRule({ action: "boost", category: "Dresses", attributes: { colour: "red" }, factor: 2 });
  return (await shop.changeRule(rule.id, { active: false })).id;
}

// @ts-expect-error k is a number
void shop.recommendations("similar", { k: "many" });
// @ts-expect-error there is no such kind of event
void shop.events({ events: [{ kind: "stare", item: "17" }] });
// @ts-expect-error a list has no products
void shop.recommendations("similar").then((list) => list.products);
