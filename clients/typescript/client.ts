// Made by generate.py from the OpenAPI description of django-mmrec; changed there or in the template, not here.

export type ActionEnum = "exclude" | "only-from" | "pin" | "boost" | "bury";

export interface Arm {
  name: string;
  visitors: number;
  /** By goal, for each visitor. */
  means: Record<string, number>;
  /** By goal; empty for the control. */
  against: Record<string, Comparison>;
}

export interface Card {
  /** The product's catalogue (app.model). */
  source: string;
  /** The product's primary key. */
  object_id: string;
  title: string;
  url: string;
  image: string;
  price: string | null;
  currency: string;
  /** Comparable within one `via` only. */
  score: number;
  /** The source that proposed it. */
  via: string;
  /** Why it is here: a sentence in the language of the request. */
  reason: string;
  /** What the sentence is made of: `looks`, `bought`, `trending` … */
  reason_kind: string;
}

/** An arm against the control. It holds whenever one looks; bounds are null while an arm is too small. */
export interface Comparison {
  difference: number;
  low: number | null;
  high: number | null;
  p: number;
  /** 1: better, -1: worse, 0: not decided. */
  verdict: number;
}

export interface EncodedItem {
  id: number;
  source: string;
  object_id: string;
  title: string;
  category: string;
  attributes: unknown;
  price: string | null;
  currency: string;
  available: boolean;
  sites: Array<number>;
  published_at: string;
  removed_at: string | null;
  /** `ready`; `waiting` to be encoded; `parked`, given up after failures; `removed` from the shop. */
  state: string;
  dirty_since: string | null;
  attempts: number;
  last_error: string;
  /** The encoders whose vectors are stored. */
  encoders: Array<string>;
}

export interface Erased {
  /** Table -> rows. */
  erased: Record<string, number>;
}

/** One event. Who did it comes from the session or the signed cookie. */
export interface Event {
  kind: KindEnum;
  /** The product's primary key. */
  item: string;
  source?: string;
  quantity?: number;
  impression?: string | null;
  /** A retry with the same key is harmless. */
  key?: string | null;
}

export interface Events {
  events: Array<Event>;
}

export interface EventsResult {
  /** 0 without consent, and from a robot. */
  stored: number;
  /** Events whose key had been used before. */
  repeated: number;
  /** Products that no item stands for. */
  unknown: Array<string>;
}

export interface Experiment {
  id: number;
  name: string;
  placement: string;
  /** What the experiment is decided by. The other figures are shown beside it. * `clicked` - visitors who click in the list * `carted` - visitors who put something in the cart * `bought` - visitors who buy * `revenue` - revenue per visitor */
  goal?: GoalEnum;
  holdout?: number;
  /** About how many will take part: the test is sharpest then, and right at any time. */
  expected?: number;
  state: string;
  /** The first is the control. */
  variants: Array<Variant>;
  created_at: string;
  started_at: string | null;
  started_by: string;
  /** It stops by itself then; empty: when somebody stops it. */
  ends_at?: string | null;
  stopped_at: string | null;
  stopped_by: string;
  counted_at: string | null;
}

/** What lists brought together (docs/measuring.md). */
export interface Figures {
  handed: number;
  seen: number;
  clicked: number;
  clicks: number;
  carts: number;
  carts_assisted: number;
  bought: number;
  bought_assisted: number;
  ctr: number | null;
  cart_rate: number | null;
  conversion: number | null;
  money: Array<Money>;
  /** Products for sale that were seen in these lists; null where that was not counted. */
  covered: number | null;
  /** Percentiles 50, 95, 99. */
  latency_ms: Array<number | null>;
}

export interface Generation {
  number: number;
  state: StateEnum;
  dimension: number;
  config: unknown;
  metrics: unknown;
  blend: unknown;
  /** In the language of the request. */
  reason: string;
  created_at: string;
  finished_at: string | null;
  activated_at: string | null;
  started_by: string;
  /** Whether its vectors are still there to serve. */
  kept: boolean;
}

export type GoalEnum = "clicked" | "carted" | "bought" | "revenue";

export interface Health {
  items: number;
  without_picture: number;
  without_place: number;
  waiting: number;
  oldest_wait: string | null;
  failed: number;
}

export interface Item {
  id: number;
  source: string;
  object_id: string;
  title: string;
  category: string;
  attributes: unknown;
  price: string | null;
  currency: string;
  available: boolean;
  sites: Array<number>;
  published_at: string;
  removed_at: string | null;
  /** `ready`; `waiting` to be encoded; `parked`, given up after failures; `removed` from the shop. */
  state: string;
  dirty_since: string | null;
  attempts: number;
  last_error: string;
}

export type KindEnum = "view" | "click" | "cart" | "purchase" | "like" | "dismiss";

export interface List {
  placement: string;
  /** Where on the ladder the list came from; `empty` when nothing can be shown. */
  rung: string;
  /** The model generation it was made with. */
  generation: number;
  /** Send it along with clicks. */
  impression: string | null;
  items: Array<Card>;
}

export interface Metrics {
  since: string;
  until: string;
  total: Figures;
  /** Of the whole shop, with what was bought without any list. */
  shop: Figures;
  days: Record<string, Figures>;
  placements: Record<string, Figures>;
  generations: Record<string, Figures>;
  variants: Record<string, Figures>;
  rungs: Record<string, Record<string, number>>;
  /** Placement, or '' for all -> its own. */
  latency_ms: Record<string, Array<number | null>>;
  /** That of `total`. */
  covered: number | null;
  for_sale: number;
  health: Health;
}

export interface Money {
  currency: string;
  /** Bought after a click. */
  direct: string;
  /** Bought after a look alone. */
  assisted: string;
}

export interface PaginatedExperimentList {
  count: number;
  next?: string | null;
  previous?: string | null;
  results: Array<Experiment>;
}

export interface PaginatedGenerationList {
  count: number;
  next?: string | null;
  previous?: string | null;
  results: Array<Generation>;
}

export interface PaginatedItemList {
  count: number;
  next?: string | null;
  previous?: string | null;
  results: Array<Item>;
}

export interface PaginatedRuleList {
  count: number;
  next?: string | null;
  previous?: string | null;
  results: Array<Rule>;
}

export interface PatchedExperiment {
  id?: number;
  name?: string;
  placement?: string;
  /** What the experiment is decided by. The other figures are shown beside it. * `clicked` - visitors who click in the list * `carted` - visitors who put something in the cart * `bought` - visitors who buy * `revenue` - revenue per visitor */
  goal?: GoalEnum;
  holdout?: number;
  /** About how many will take part: the test is sharpest then, and right at any time. */
  expected?: number;
  state?: string;
  /** The first is the control. */
  variants?: Array<Variant>;
  created_at?: string;
  started_at?: string | null;
  started_by?: string;
  /** It stops by itself then; empty: when somebody stops it. */
  ends_at?: string | null;
  stopped_at?: string | null;
  stopped_by?: string;
  counted_at?: string | null;
}

export interface PatchedRule {
  id?: number;
  action?: ActionEnum;
  /** Ids of items, as `GET items/` has them; pins stand in this order. */
  items?: Array<number>;
  /** With everything below it: Clothing > Dresses. */
  category?: string;
  /** Name and value, all of which an item has. */
  attributes?: Record<string, unknown>;
  price_min?: string | null;
  price_max?: string | null;
  /** Empty: all of them. */
  placements?: Array<string>;
  /** Empty: all of them. */
  sites?: Array<number>;
  /** Where the first pinned product stands, counted from 1; further ones follow it. */
  position?: number | null;
  factor?: number | null;
  active?: boolean;
  /** Empty: at once. */
  starts_at?: string | null;
  /** Empty: until it is switched off. */
  ends_at?: string | null;
  /** What it is for; only shown here. */
  note?: string;
  created_at?: string;
  created_by?: string;
}

/** All that is kept of one person: one list for each table, of its rows. */
export interface Person {
  /** False: nothing is kept, and nothing else is in the answer. */
  known: boolean;
  since?: string;
  events?: Array<Record<string, unknown>>;
  impressions?: Array<Record<string, unknown>>;
}

export interface Photo {
  /** JPEG, PNG, WebP, GIF, AVIF, BMP or TIFF, up to `UPLOAD_BYTES`. */
  photo: Blob;
}

export interface Problem {
  /** `about:blank`: the status says what kind of problem it is. */
  type: string;
  /** The status in words. */
  title: string;
  status: number;
  /** What is wrong, and what to do about it. */
  detail: string;
  /** By field of the request, where fields are wrong. */
  errors?: unknown;
}

/** How far a training is; what is not known yet is null. */
export interface Progress {
  number: number;
  /** As of the generation; `training` while it goes on. */
  state: string;
  stage: string;
  epoch: number | null;
  epochs: number | null;
  step: number | null;
  steps: number | null;
  /** Seconds that are left, by the pace so far. */
  left_s: number | null;
}

export interface Results {
  goal: string;
  arms: Array<Arm>;
  /** The arms have other shares than they were given: believe nothing. */
  skewed: boolean;
  /** Visitors in two arms, left out. */
  crossed: number;
  /** Null: several, whose sums mean nothing. */
  currency: string | null;
  /** Arm -> 1 better, -1 worse. */
  verdicts: Record<string, number>;
}

export interface RollBack {
  /** The generation that serves as you know it; another one by now is a conflict. */
  active?: number;
}

export interface Rule {
  id: number;
  action: ActionEnum;
  /** Ids of items, as `GET items/` has them; pins stand in this order. */
  items?: Array<number>;
  /** With everything below it: Clothing > Dresses. */
  category?: string;
  /** Name and value, all of which an item has. */
  attributes?: Record<string, unknown>;
  price_min?: string | null;
  price_max?: string | null;
  /** Empty: all of them. */
  placements?: Array<string>;
  /** Empty: all of them. */
  sites?: Array<number>;
  /** Where the first pinned product stands, counted from 1; further ones follow it. */
  position?: number | null;
  factor?: number | null;
  active?: boolean;
  /** Empty: at once. */
  starts_at?: string | null;
  /** Empty: until it is switched off. */
  ends_at?: string | null;
  /** What it is for; only shown here. */
  note?: string;
  created_at: string;
  created_by: string;
}

/** Lists that came before somebody's eyes. */
export interface Seen {
  /** The `impression` of each list, as it was handed out. */
  impressions: Array<string>;
}

export type StateEnum = "training" | "ready" | "active" | "retired" | "failed";

export interface Token {
  /** Empty for whom the shop may not remember. */
  token: string;
}

export interface Training {
  /** What differs from the shop's `TRAINING` (docs/training.md). */
  settings?: Record<string, unknown>;
}

export interface Variant {
  name: string;
  weight?: number;
  /** What is other than in the placement, under the keys of the settings. */
  overrides?: Record<string, unknown>;
}

/** No worker has looked at the photo yet: ask `GET search/?photo=` in a moment. */
export interface Waits {
  /** The key of the photo. */
  photo: string;
  /** Seconds. */
  retry_after: number;
}

export interface WordedList {
  placement: string;
  /** Where on the ladder the list came from; `empty` when nothing can be shown. */
  rung: string;
  /** The model generation it was made with. */
  generation: number;
  /** Send it along with clicks. */
  impression: string | null;
  items: Array<Card>;
  /** What the list's controls are called. */
  words: Record<string, string>;
}

export interface Options {
  /** Where the shop mounts the app: "/mmrec/", or with its host. */
  base: string;
  /** The CSRF token of a session, as Django's cookie `csrftoken` holds it. */
  csrf?: () => string | undefined;
  /** Headers of every request: a token, say. */
  headers?: () => Record<string, string>;
  /** Another fetch: of a server, or of a test. */
  fetch?: typeof fetch;
}

type One = string | number | boolean | null | undefined;
type Value = One | One[];

interface Asked {
  body?: unknown;
  form?: object;
  query?: Record<string, Value>;
}

/** What went wrong, as RFC 9457 says it. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = "ProblemError";
  }
}

export class Mmrec {
  constructor(private readonly options: Options) {}

  /** Records what the bearer of a token did; stores nothing of whom the shop may not remember. */
  headlessEvents(key: string, body: Events): Promise<EventsResult> {
    return this.ask("POST", `headless/v1/${encodeURIComponent(key)}/events/`, { body });
  }

  /** What is kept of the bearer of a token, whether or not they may still be remembered. */
  headlessExportMe(key: string): Promise<Person> {
    return this.ask("GET", `headless/v1/${encodeURIComponent(key)}/me/`, {});
  }

  /** What is kept of the bearer of a token, whether or not they may still be remembered. */
  headlessEraseMe(key: string): Promise<Erased> {
    return this.ask("DELETE", `headless/v1/${encodeURIComponent(key)}/me/`, {});
  }

  /** A list as the API gives it, and the words that go with it. Nobody's list is not counted, and may be kept. */
  headlessRecommendations(key: string, placement: string, query: { attribute?: Array<string>; category?: string; exclude?: Array<string>; item?: string; items?: Array<string>; k?: number; price_max?: string | number; price_min?: string | number; source?: string } = {}): Promise<WordedList> {
    return this.ask("GET", `headless/v1/${encodeURIComponent(key)}/recommendations/${encodeURIComponent(placement)}/`, { query });
  }

  /** Notes that the lists of a token's bearer came before their eyes. */
  headlessSeen(key: string, body: Seen): Promise<void> {
    return this.ask("POST", `headless/v1/${encodeURIComponent(key)}/seen/`, { body });
  }

  /** A token for a new visitor, to be kept by the browser and sent along as `Mmrec-Visitor`. */
  headlessVisitor(key: string): Promise<Token> {
    return this.ask("POST", `headless/v1/${encodeURIComponent(key)}/visitor/`, {});
  }

  /** Takes what a visitor did, up to 100 events at once. Purchases are recorded by the shop's server only. */
  events(body: Events): Promise<EventsResult> {
    return this.ask("POST", `v1/events/`, { body });
  }

  /** Variants of a placement, compared; the latest first. A new one is a draft until it is started. */
  experiments(query: { page?: number; page_size?: number; placement?: string; state?: "draft" | "running" | "stopped" } = {}): Promise<PaginatedExperimentList> {
    return this.ask("GET", `v1/experiments/`, { query });
  }

  /** Variants of a placement, compared; the latest first. A new one is a draft until it is started. */
  addExperiment(body: Omit<Experiment, "id" | "state" | "created_at" | "started_at" | "started_by" | "stopped_at" | "stopped_by" | "counted_at">): Promise<Experiment> {
    return this.ask("POST", `v1/experiments/`, { body });
  }

  /** One experiment. Once it was started it can neither be changed nor removed. */
  experiment(id: number): Promise<Experiment> {
    return this.ask("GET", `v1/experiments/${encodeURIComponent(id)}/`, {});
  }

  /** One experiment. Once it was started it can neither be changed nor removed. */
  replaceExperiment(id: number, body: Omit<Experiment, "id" | "state" | "created_at" | "started_at" | "started_by" | "stopped_at" | "stopped_by" | "counted_at">): Promise<Experiment> {
    return this.ask("PUT", `v1/experiments/${encodeURIComponent(id)}/`, { body });
  }

  /** One experiment. Once it was started it can neither be changed nor removed. */
  changeExperiment(id: number, body: Omit<PatchedExperiment, "id" | "state" | "created_at" | "started_at" | "started_by" | "stopped_at" | "stopped_by" | "counted_at">): Promise<Experiment> {
    return this.ask("PATCH", `v1/experiments/${encodeURIComponent(id)}/`, { body });
  }

  /** One experiment. Once it was started it can neither be changed nor removed. */
  removeExperiment(id: number): Promise<void> {
    return this.ask("DELETE", `v1/experiments/${encodeURIComponent(id)}/`, {});
  }

  /** What the arms brought, as counted last. */
  results(id: number): Promise<Results> {
    return this.ask("GET", `v1/experiments/${encodeURIComponent(id)}/results/`, {});
  }

  /** From the next list on each visitor is in one of its arms. */
  startExperiment(id: number): Promise<Experiment> {
    return this.ask("POST", `v1/experiments/${encodeURIComponent(id)}/start/`, {});
  }

  /** From the next list on everybody gets the placement as it is. */
  stopExperiment(id: number): Promise<Experiment> {
    return this.ask("POST", `v1/experiments/${encodeURIComponent(id)}/stop/`, {});
  }

  /** The latest first. */
  generations(query: { page?: number; page_size?: number; state?: "training" | "ready" | "active" | "retired" | "failed" } = {}): Promise<PaginatedGenerationList> {
    return this.ask("GET", `v1/generations/`, { query });
  }

  /** Asks for a training, which a worker takes up. Another one under way is a conflict. */
  train(body: Training): Promise<Generation> {
    return this.ask("POST", `v1/generations/`, { body });
  }

  /** One generation, with its figures. */
  generation(number: number): Promise<Generation> {
    return this.ask("GET", `v1/generations/${encodeURIComponent(number)}/`, {});
  }

  /** Lets a generation that is ready or retired serve, from the next request on. */
  activate(number: number): Promise<Generation> {
    return this.ask("POST", `v1/generations/${encodeURIComponent(number)}/activate/`, {});
  }

  /** Ends a training within seconds. */
  cancel(number: number): Promise<Generation> {
    return this.ask("POST", `v1/generations/${encodeURIComponent(number)}/cancel/`, {});
  }

  /** How far a training is. */
  progress(number: number): Promise<Progress> {
    return this.ask("GET", `v1/generations/${encodeURIComponent(number)}/progress/`, {});
  }

  /** Lets the generation before the active one serve again. */
  rollBack(body: RollBack): Promise<Generation> {
    return this.ask("POST", `v1/generations/roll-back/`, { body });
  }

  /** The items that stand for the shop's products, with how far they are encoded. */
  items(query: { available?: boolean | null; category?: string; object_id?: string; page?: number; page_size?: number; q?: string; source?: string; state?: "ready" | "waiting" | "parked" | "removed" } = {}): Promise<PaginatedItemList> {
    return this.ask("GET", `v1/items/`, { query });
  }

  /** One item. */
  item(id: number): Promise<EncodedItem> {
    return this.ask("GET", `v1/items/${encodeURIComponent(id)}/`, {});
  }

  /** What is kept of whoever asks: the session's user, or the browser with the visitor cookie. */
  exportMe(): Promise<Person> {
    return this.ask("GET", `v1/me/`, {});
  }

  /** What is kept of whoever asks: the session's user, or the browser with the visitor cookie. */
  eraseMe(): Promise<Erased> {
    return this.ask("DELETE", `v1/me/`, {});
  }

  /** What the lists brought, as the dashboard shows it. */
  metrics(query: { generation?: number; placement?: string; since?: string; site?: number; until?: string; variant?: string } = {}): Promise<Metrics> {
    return this.ask("GET", `v1/metrics/`, { query });
  }

  /** What is kept of a user. */
  exportPerson(id: string): Promise<Person> {
    return this.ask("GET", `v1/people/${encodeURIComponent(id)}/`, {});
  }

  /** What is kept of a user. */
  erasePerson(id: string): Promise<Erased> {
    return this.ask("DELETE", `v1/people/${encodeURIComponent(id)}/`, {});
  }

  /** A list for whoever asks. */
  recommendations(placement: string, query: { attribute?: Array<string>; category?: string; exclude?: Array<string>; item?: string; items?: Array<string>; k?: number; price_max?: string | number; price_min?: string | number; source?: string } = {}): Promise<List> {
    return this.ask("GET", `v1/recommendations/${encodeURIComponent(placement)}/`, { query });
  }

  /** What lists do with some products, from the next request on; the latest rule first. */
  rules(query: { action?: "exclude" | "only-from" | "pin" | "boost" | "bury"; active?: boolean | null; page?: number; page_size?: number; placement?: string } = {}): Promise<PaginatedRuleList> {
    return this.ask("GET", `v1/rules/`, { query });
  }

  /** What lists do with some products, from the next request on; the latest rule first. */
  addRule(body: Omit<Rule, "id" | "created_at" | "created_by">): Promise<Rule> {
    return this.ask("POST", `v1/rules/`, { body });
  }

  /** One rule. */
  rule(id: number): Promise<Rule> {
    return this.ask("GET", `v1/rules/${encodeURIComponent(id)}/`, {});
  }

  /** One rule. */
  replaceRule(id: number, body: Omit<Rule, "id" | "created_at" | "created_by">): Promise<Rule> {
    return this.ask("PUT", `v1/rules/${encodeURIComponent(id)}/`, { body });
  }

  /** One rule. */
  changeRule(id: number, body: Omit<PatchedRule, "id" | "created_at" | "created_by">): Promise<Rule> {
    return this.ask("PATCH", `v1/rules/${encodeURIComponent(id)}/`, { body });
  }

  /** One rule. */
  removeRule(id: number): Promise<void> {
    return this.ask("DELETE", `v1/rules/${encodeURIComponent(id)}/`, {});
  }

  /** Products that answer words, or look like a photo that was uploaded before. */
  search(query: { attribute?: Array<string>; category?: string; k?: number; photo?: string; price_max?: string | number; price_min?: string | number; q?: string } = {}): Promise<List | Waits> {
    return this.ask("GET", `v1/search/`, { query });
  }

  /** Products that look like an uploaded photo. The photo is not kept. */
  searchByPhoto(body: Photo, query: { attribute?: Array<string>; category?: string; k?: number; price_max?: string | number; price_min?: string | number } = {}): Promise<List | Waits> {
    return this.ask("POST", `v1/search/photo/`, { form: body, query });
  }

  /** Notes that lists were seen. Sending one again changes nothing; a robot's word, one without consent, and one about another visitor's list are taken and not noted. */
  seen(body: Seen): Promise<void> {
    return this.ask("POST", `v1/seen/`, { body });
  }

  private async ask<T>(method: string, path: string, { body, form, query = {} }: Asked): Promise<T> {
    const several = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const));
    const given = several.filter(([, value]) => value !== undefined && value !== null);
    const words = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
    const token = this.options.csrf?.();
    const answer = await (this.options.fetch ?? fetch)(this.options.base + path + (words && `?${words}`), {
      method,
      credentials: "same-origin",
      headers: {
        Accept: "application/json",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(token ? { "X-CSRFToken": token } : {}),
        ...this.options.headers?.(),
      },
      body: form ? formOf(form) : body === undefined ? null : JSON.stringify(body),
    });
    if (!answer.ok) throw new ProblemError(await problemOf(answer));
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }
}

const formOf = (fields: object): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value instanceof Blob ? value : String(value));
  return form;
};

const problemOf = async (answer: Response): Promise<Problem> => {
  if (answer.headers.get("Content-Type")?.startsWith("application/problem+json")) return await answer.json();
  const { status, statusText } = answer;
  return { type: "about:blank", title: statusText, status, detail: `${status} ${statusText}` };
};
