import { inputLiteral } from '../journal/entry-text';
import { grouped } from '../text/counts';
import { groupBy } from '../text/lists';
import { maskJson } from '../text/masks';
import { isRecord } from '../text/value-kinds';
import { visible } from '../text/values';
import { describeRequest, type NotedRequest } from './noted-request';
import { shortenApart } from './short-texts';

type DescribedRequest = Pick<NotedRequest, 'operation' | 'input'>;

/** A member of an input as text. */
interface Member {
  /** Its path in the input. */
  readonly path: string;
  readonly label: string;
  readonly text: string;
  /** What stands before the text and behind it, also if the text is shortened. */
  readonly quotes: readonly [before: string, after: string];
  /** The items of a list. */
  readonly items?: readonly string[];
}

type Members = ReadonlyMap<string, Member>;

const LETTERS = 30;
/** Version ids and ETags are long, and differ from their beginning on. */
const LETTERS_OF_IDS = 12;
/** The differing members that are shown, beside those that are always shown. */
const SHOWN = 3;
/** If fewer tell the requests apart, more are shown up to this number. */
const ENOUGH = 2;

/** The members that are worth showing even if no other request is like theirs. */
const alwaysShown = /^(?:PartNumber|VersionId|(?:CopySource)?If[A-Z]\w*)$/;

const labels: Readonly<Record<string, string>> = { PartNumber: 'part', VersionId: 'version' };

/**
 * Returns for each request what tells it from those of the same operation and subject: the number of the part, the version, conditions, and the members of the
 * input that differ.
 */
export function writeDetails(requests: readonly DescribedRequest[]): readonly string[] {
  const details = new Map<DescribedRequest, string>();
  for (const group of groupBy(requests, writeName).values())
    for (const [index, text] of writeDetailsOf(group).entries()) {
      const request = group[index];
      if (request !== undefined) details.set(request, text);
    }
  return requests.map((request) => details.get(request) ?? '');
}

const none: ReadonlySet<string> = new Set();

function writeName(request: DescribedRequest): string {
  const { operation, subject } = describeRequest(request, none);
  return `${operation} ${subject}`;
}

/** The requests are of one operation and subject. */
function writeDetailsOf(requests: readonly DescribedRequest[]): readonly string[] {
  const all = withOwnItems(requests.map(({ input }) => readMembers(input)));
  const paths = choosePaths(all);
  const columns = paths.map((path) => writeColumn(all.map((members) => members.get(path))));
  return all.map((_, index) =>
    columns
      .map((texts) => texts[index] ?? '')
      .filter((text) => text !== '')
      .join(', '),
  );
}

/** Returns the paths of the members that are shown, in the order of the input; the members that are always shown come first. */
function choosePaths(all: readonly Members[]): readonly string[] {
  const paths = [...new Set(all.flatMap((members) => [...members.keys()]))];
  const always = paths.filter((path) => alwaysShown.test(path));
  const differing = paths.filter((path) => !always.includes(path) && countDistinct(all, [path]) > 1);
  const chosen = chooseTelling(all, always, differing);
  // The digest of a body says nothing beside its size, unless it tells bodies apart.
  const others = differing.filter((path) => !chosen.includes(path) && !path.endsWith(digestOfBody));
  const further = others.slice(0, Math.max(0, ENOUGH - chosen.length));
  return [...always, ...differing.filter((path) => chosen.includes(path) || further.includes(path))];
}

/** Chooses the members that tell most requests apart, as long as a further member tells more. */
function chooseTelling(
  all: readonly Members[],
  always: readonly string[],
  paths: readonly string[],
): readonly string[] {
  const chosen: string[] = [];
  let told = countDistinct(all, always);
  while (chosen.length < SHOWN && told < all.length) {
    const counts = paths.map((path) => countDistinct(all, [...always, ...chosen, path]));
    const most = counts.reduce((highest, count) => Math.max(highest, count), told);
    const path = paths[counts.indexOf(most)];
    if (most === told || path === undefined) return chosen;
    chosen.push(path);
    told = most;
  }
  return chosen;
}

function countDistinct(all: readonly Members[], paths: readonly string[]): number {
  return new Set(all.map((members) => JSON.stringify(paths.map((path) => members.get(path)?.text)))).size;
}

/** Writes one member of each request. Texts that differ still differ if they are shortened. */
function writeColumn(column: readonly (Member | undefined)[]): readonly string[] {
  const texts = column.flatMap((member) => (member === undefined ? [] : [member.text]));
  const isOfIds = column.every((member) => member === undefined || isId(member));
  const shorten = shortenApart(texts, isOfIds ? LETTERS_OF_IDS : LETTERS);
  return column.map((member) => {
    if (member === undefined) return '';
    const { label, text, quotes } = member;
    return `${label} ${quotes[0]}${shorten(text)}${quotes[1]}`;
  });
}

function isId({ path, quotes }: Member): boolean {
  return path === 'VersionId' || path.endsWith(digestOfBody) || quotes[0] === '"';
}

const digestOfBody = ' md5';

function readMembers(input: object): Members {
  const members = listMembers(maskJson(inputLiteral(input)), '');
  return new Map(members.map((member) => [member.path, member]));
}

function listMembers(value: unknown, path: string): readonly Member[] {
  if (!isRecord(value)) return [writeLeaf(path, value)];
  const { bytes, md5, base64, size } = value;
  if (typeof bytes === 'number' && typeof md5 === 'string')
    return [
      { ...plain(path), text: `${grouped(bytes)} bytes` },
      { ...plain(path), path: `${path}${digestOfBody}`, label: `${labelOf(path)}${digestOfBody}`, text: md5 },
    ];
  if (typeof base64 === 'string') return [{ ...plain(path), text: `base64 ${base64}` }];
  if (path === 'Body' && typeof size === 'number') return [{ ...plain(path), text: `${grouped(size)} bytes` }];
  return Object.entries(value).flatMap(([name, member]) => listMembers(member, path === '' ? name : `${path}.${name}`));
}

const unquoted = ['', ''] as const;

function plain(path: string) {
  return { path, label: labelOf(path), quotes: unquoted };
}

/** Users choose the names of metadata. */
function labelOf(path: string): string {
  if (path.startsWith('Metadata.')) return shortenApart([visible(path)], LETTERS)(visible(path));
  const name = path.slice(path.lastIndexOf('.') + 1);
  return labels[name] ?? visible(name);
}

function writeLeaf(path: string, value: unknown): Member {
  if (Array.isArray(value)) {
    const items = value.map(writeItem);
    return { ...plain(path), text: items.join(', '), quotes: ['[', ']'], items };
  }
  if (typeof value !== 'string') return { ...plain(path), text: String(value) };
  const [, etag] = /^"([\w-]+)"$/.exec(value) ?? [];
  if (etag !== undefined) return { ...plain(path), text: etag, quotes: ['"', '"'] };
  const isPlain = path !== 'Body' && /^[^\s,'[\]]+$/.test(value);
  return { ...plain(path), text: visible(value), quotes: isPlain ? unquoted : ["'", "'"] };
}

/** Writes an entry of a batch as `draft.pdf v1`, a tag as `team=red`, and a part as `1 "9a03…"`. */
function writeItem(item: unknown): string {
  if (!isRecord(item)) return visible(typeof item === 'string' ? item : (JSON.stringify(item) ?? String(item)));
  const values = Object.values(item);
  if (values.some((value) => typeof value === 'object')) return visible(JSON.stringify(item));
  const between = 'Value' in item && values.length === 2 ? '=' : ' ';
  return visible(values.map(String).join(between));
}

/** Leaves out the items of long lists that all requests have, if what is left still tells the requests apart. */
function withOwnItems(all: readonly Members[]): readonly Members[] {
  const lists = all.flatMap((members) => [...members.values()].filter(({ items }) => items !== undefined));
  const long = lists.filter(({ text }) => text.length > LETTERS).map(({ path }) => path);
  return [...new Set(long)].reduce((told: readonly Members[], path) => {
    const shared = findShared(told, path);
    const own = told.map((members) => withoutShared(members, path, shared));
    return countDistinct(own, [path]) === countDistinct(told, [path]) ? own : told;
  }, all);
}

function findShared(all: readonly Members[], path: string): ReadonlySet<string> {
  const [first = [], ...others] = all.map((members) => members.get(path)?.items ?? []);
  const sets = others.map((items) => new Set(items));
  return new Set(first.filter((item) => sets.every((set) => set.has(item))));
}

function withoutShared(members: Members, path: string, shared: ReadonlySet<string>): Members {
  const member = members.get(path);
  if (member?.items === undefined) return members;
  const own = member.items.filter((item) => !shared.has(item));
  const left = member.items.length - own.length;
  const more = `${own.length === 0 ? '' : ', '}… ${grouped(left)} more]`;
  const quotes = ['[', left === 0 ? ']' : more] as const;
  return new Map([...members, [path, { ...member, text: own.join(', '), quotes }]]);
}
