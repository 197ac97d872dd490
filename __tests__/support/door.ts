/** An answer of the door. */
export interface DoorAnswer {
  readonly status: number;
  /** Its JSON; undefined if it has no body. */
  readonly body: unknown;
}

/** Asks the door of a served mock: `door('POST', '/clock/advance', { days: 1 })`. */
export type Door = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<DoorAnswer>;

/** A client of the door of a port. */
export function doorAt(url: string): Door {
  return async (method, path, body, headers = {}) => {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await fetch(`${url}/_mock${path}`, { method, headers, ...sent });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
}
