import type { IncomingMessage } from 'node:http';
import { URLSearchParams } from 'node:url';
import { readOptions } from '../shapes/given-reader';
import { invalidValue } from '../text/invalid-value';
import { findRepeated } from '../text/lists';
import { checkOptionNames } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { type Duration, findMoment, readMoment } from '../text/moments';
import { writeJsonProblem } from '../text/secrets';
import { DoorError } from './door-error';
import type { DoorCall, Route } from './route';

export function readQuery(name: string, { query: known = {} }: Route, text: string): DoorCall<never>['query'] {
  const given = [...new URLSearchParams(text)];
  const query = Object.fromEntries(given);
  checkOptionNames(name, query, Object.keys(known));
  const twice = findRepeated(given.map(([one]) => one));
  if (twice !== undefined) throw makeMistake(`${name}: ${twice} is given twice. Give it once.`);
  return query;
}

export async function readGiven(
  name: string,
  { takesBody = false, cures = () => ({}) }: Route,
  request: IncomingMessage,
) {
  const text = await readBody(request);
  if (!takesBody && text.trim() !== '') throw makeMistake(`${name}: this call takes no body.`);
  const body = text.trim() === '' ? {} : parseJson(`${name}: body`, text);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw makeMistake(`${name}: the body is not a JSON object.`);
  if (typeof takesBody === 'object') readOptions(takesBody, body, { at: name, now: 0 }, undefined, cures(name));
  const checkNames = (names: readonly string[]) => checkOptionNames(name, body, names);
  return { body: body as never, checkNames }; // the type that the route declares, whose members the library checks
}

/** The largest body in bytes: a state with large objects can have tens of megabytes. */
const MOST = 64 * 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    // The rest of a body that is too large is read and dropped, since a client reads the answer only when it has sent everything.
    if (size <= MOST) chunks.push(chunk);
  }
  if (size > MOST)
    throw new DoorError(413, 'TOO_LARGE', `the body has ${size} bytes, and the door reads ${MOST} at most.`);
  return Buffer.concat(chunks).toString();
}

export function momentOrDuration(call: string, name: string, text: string): string | Duration {
  return text.startsWith('{') ? (parseJson(`${call}: ${name}`, text) as Duration) : text; // the library checks its members
}

/** A query contains text only, in which a plus sign is a space. */
export function moment(call: string, name: string, text: string): number {
  if (findMoment(text) !== undefined) return readMoment(text, `${call}: ${name}`);
  throw invalidValue(
    `${call}: ${name}`,
    'moment',
    text,
    "text such as '2026-01-31T10:00:00Z', with %2B for a plus sign",
  );
}

export function wholeNumber(call: string, name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw invalidValue(call, name, text, 'a whole number from 0 on');
}

export function trueOrFalse(call: string, name: string, text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw invalidValue(call, name, text, 'true or false');
}

export function parseJson(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw makeMistake(`${what}: it is not JSON (${writeJsonProblem(error)}).`);
  }
}
