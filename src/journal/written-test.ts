import { pickTyped } from '../shapes/expected-values';
import { maskText, maskUrl } from '../text/masks';
import { isRecord } from '../text/value-kinds';
import { readText, visible } from '../text/values';
import { writeCode, writeText } from '../text/written-code';
import type { RequestEntry } from './entry';
import type { KnownNames } from './operation-names';
import { judge } from './outcome';

/** The longest body, in bytes, that an assertion names. */
const LONGEST = 200;

/** The members that SDKs add, and codes that S3 takes once. */
const added = /^(?:Content(?:MD5|Length)|Checksum.*|.*KeyMD5|MFA|TokenCode)$/;

type InputShapeOf = KnownNames['inputShapeOf'];

/** Writes requests as the assertions of a test, in their order and each once: those that S3 refused with their codes. */
export function writeAssertions(entries: Iterable<RequestEntry>, inputShapeOf: InputShapeOf): string {
  const lines = new Set<string>();
  for (const entry of entries) lines.add(writeAssertion(entry, inputShapeOf));
  return [...lines].join('\n');
}

function writeAssertion(entry: RequestEntry, inputShapeOf: InputShapeOf): string {
  const { operation, method, url, error } = entry;
  if (operation === undefined) return `// ${method} ${visible(maskUrl(url))} is no operation of S3.`;
  const isRefused = error !== undefined && judge(entry, undefined).fate.startsWith('refused');
  const call = `expect(s3).${isRefused ? 'toHaveRefused' : 'toHaveReceived'}(${writeText(operation)}, `;
  const outcome = isRefused ? `, ${writeCode({ code: error.code })}` : '';
  const members = pickTyped(inputShapeOf(operation), expectedMembers(entry));
  return `${call}${writeCode(members, call + outcome)}${outcome});`;
}

/** Returns the input without what a reader of the test must not see, or would not write. */
function expectedMembers({ input, dropped = [] }: RequestEntry): object {
  const members = Object.entries(input).flatMap(([name, value]: [string, unknown]) => {
    if (value === undefined || added.test(name) || dropped.includes(name)) return [];
    const expected = value instanceof Uint8Array ? readBody(value) : value;
    return expected === undefined || !isPlain(expected, name) ? [] : [[name, expected] as const];
  });
  return Object.fromEntries(members);
}

function readBody(bytes: Uint8Array): string | undefined {
  return bytes.byteLength > LONGEST ? undefined : readText(bytes);
}

/** Whether a value contains neither a secret nor bytes. */
function isPlain(value: unknown, name: string): boolean {
  if (typeof value === 'string') return maskText(name, value) === value;
  if (value instanceof Uint8Array) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, name));
  return !isRecord(value) || Object.entries(value).every(([member, item]) => isPlain(item, member));
}
