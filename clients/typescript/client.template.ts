// Made by generate.py from the OpenAPI description of django-mmrec; changed there or in the template, not here.

// INTERFACES

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

  // CALLS

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
