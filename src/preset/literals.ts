import { types } from 'node:util';
import { type Dialect, dialects } from '../dialects';
import { isCosLocation } from '../formats/regions';
import { S3Error, wordRefusal } from '../refusals/index';
import type { Shape } from '../shapes/shape';
import { checkOptionNames } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { type Said, say } from '../text/reason';
import { isAsymmetric, isRecord } from '../text/value-kinds';
import { writeValuesBeside } from '../text/values-beside';

const places: Readonly<
  Record<Dialect['name'], { readonly service: string; readonly kind: string; readonly cure: string }>
> = {
  aws: { service: 'Amazon S3', kind: 'a region of AWS', cure: "region a region of AWS, such as 'eu-west-1'" },
  'ibm-cos': {
    service: 'IBM COS',
    kind: 'a location of IBM COS',
    cure: "region a location of COS, such as 'us-south-standard'",
  },
};

/** Throws a TypeError for something that only one service has, in a region of the other one. */
export function checkService(
  at: string,
  { location, region }: { readonly location: string | undefined; readonly region: string | undefined },
  only: Dialect['name'],
): void {
  const place = region ?? location;
  if (place === undefined) return;
  const own = isCosLocation(place) ? dialects['ibm-cos'] : dialects.aws;
  if (own === dialects[only]) return;
  throw makeMistake(
    `${at}: only ${places[only].service} has it, and the bucket is in ${place}, ${places[own.name].kind}. Leave it out, or give ${places[only].cure}.`,
  );
}

export function checkNames(at: string, shape: Shape, value: unknown): void {
  if (isAsymmetric(value)) return;
  if (shape.kind === 'structure' && isRecord(value)) {
    checkOptionNames(at, value, Object.keys(shape.members));
    for (const [name, member] of Object.entries(shape.members)) checkNames(`${at}, ${name}`, member, value[name]);
  }
  if ((shape.kind === 'list' || shape.kind === 'wrapped list') && Array.isArray(value))
    value.forEach((item, index) => {
      checkNames(`${at} ${index + 1}`, shape.item, item);
    });
}

export function frozenCopy(value: unknown, date: (date: Date) => unknown): unknown {
  if (types.isDate(value)) return date(value);
  if (Array.isArray(value)) return Object.freeze(value.map((item) => frozenCopy(item, date)));
  if (!isRecord(value)) return value;
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([name, member]) => [name, frozenCopy(member, date)])),
  );
}

/**
 * Writes a refusal in S3's words, or in ours if S3 says only that the document does not fit. Brackets contain our reason, or else the
 * values that S3's words leave out.
 */
export function refusalWords(error: S3Error): Said {
  const { refusal, why, quoted } = error;
  const { message, fields } = wordRefusal(error, 'aws');
  const words = message.trim();
  if (why !== undefined && refusal === 'MalformedXML') return inWordsOfOptions(String(why));
  const reason = why ?? writeValuesBeside(words, { ...fields, ...quoted }).join(', ');
  return reason === '' ? words : say`${words} (${reason})`;
}

/** Writes a reason for somebody who wrote an object: it names elements as members. */
function inWordsOfOptions(why: string): string {
  return why.replace(/\ban? <\w+Configuration>/g, 'it').replace(/<([\w-]+)>/g, '$1');
}

export function refusalAsTypeError<Value>(at: string, read: () => Value, allowed?: string): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    const words = say`${at}: ${refusalWords(error)}`;
    throw makeMistake(allowed === undefined ? words : say`${words}. ${allowed}`);
  }
}

export function catchRefusal(act: () => void): S3Error | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof S3Error) return error;
    throw error;
  }
}
