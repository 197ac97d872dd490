class DoorError extends Error {
  override readonly name = 'DoorError';

  constructor(
    message: string,
    /** The HTTP status; undefined if nothing answered. */
    readonly status?: number,
  ) {
    super(message);
  }
}

interface Sent {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** The longest time that the page waits for an answer: a plan of a large bucket takes seconds. */
const patience = 30_000;

/** Calls the door, which is beside this page whatever its path is. The caller names the type of the answer, by the door's declarations. */
export async function ask<Answer = void>(
  method: Method,
  path: string,
  { query = {}, body }: Sent = {},
): Promise<Answer> {
  const response = await reach(addressOf(path, query), {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text().catch(() => '');
  if (!response.ok) throw refusalOf(response, text);
  // Without content, the caller asked for none.
  return JSON.parse(text || 'null');
}

function refusalOf({ status }: Response, text: string): DoorError {
  return new DoorError(findReason(text) ?? `the door answered ${status}`, status);
}

export function addressOf(path: string, query: Sent['query'] = {}): string {
  const url = new URL(path, document.baseURI);
  url.hash = '';
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, `${value}`);
  return url.href;
}

/** Sends a request, and waits as long as the page waits for anything. */
export async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(patience) });
  } catch (error) {
    const late = error instanceof DOMException && error.name === 'TimeoutError';
    throw new DoorError(
      late ? `nothing was answered for ${patience / 1000} seconds` : 'nothing answers at this address',
    );
  }
}

function findReason(text: string): string | undefined {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return undefined;
  }
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof DoorError && error.status === undefined;
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
