import { findKind, type KindName, kinds, type WayKind } from './kinds';
import type { CountNote, Note, PlannedWay, RequestAddress, RequestNote, TestNote, TestOfNote } from './notes';
import { folderOf, keyOf, type ResultNote } from './notes';

/** What one run of the command has noted. */
export interface Run {
  readonly tests: ReadonlyMap<string, readonly TestNote[]>;
  readonly results: ReadonlyMap<string, ResultNote>;
  readonly counts: Omit<CountNote, 'type'>;
}

export function gatherNotes(notes: readonly Note[]): Run {
  const tests = new Map<string, TestNote[]>();
  const results = new Map<string, ResultNote>();
  const counts = { unknown: 0, ofHooks: 0, ruled: 0, worlds: 0 };
  for (const note of notes) {
    if (note.type === 'result') results.set(keyOf(note), note);
    else if (note.type === 'count') {
      counts.unknown += note.unknown;
      counts.ofHooks += note.ofHooks;
      counts.ruled += note.ruled;
      counts.worlds += note.worlds;
    } else {
      const key = keyOf(note.test);
      // The last note of a mock is that of the end.
      tests.set(key, [...(tests.get(key) ?? []).filter(({ mock }) => mock !== note.mock), note]);
    }
  }
  return { tests, results, counts };
}

/** A way of a test, as the report names it. */
export interface Way extends PlannedWay {
  readonly test: TestOfNote;
  /** `PutObject reports/q3.pdf, AccessDenied`. */
  readonly name: string;
  /** The request: `PutObject reports/q3.pdf`. */
  readonly subject: string;
  readonly line: string | undefined;
  readonly isWrite: boolean;
}

/** A test that gets no ways, and why. */
export interface LeftOut {
  readonly test: TestOfNote;
  readonly why: string;
}

export interface PlannedTests {
  /** The ways of each test by its key, the most telling first. */
  readonly ways: ReadonlyMap<string, readonly Way[]>;
  readonly leftOut: readonly LeftOut[];
}

const whyShared = 'its mock keeps the state of the test before (reset: false)';
const whyVarying = 'its requests differ between the two plain runs';

/** `also` are the kinds that the user asked for. */
export function planWays(first: Run, second: Run, also: readonly KindName[] = []): PlannedTests {
  const tried = chooseKinds(also);
  const ways = new Map<string, readonly Way[]>();
  const leftOut: LeftOut[] = [];
  for (const [key, notes] of first.tests) {
    const [note] = notes;
    if (note === undefined) continue;
    const requests = notes.flatMap((one) => one.requests);
    const others = (second.tests.get(key) ?? []).flatMap((one) => one.requests);
    const addresses = addressRequests(requests, others);
    if (notes.some(({ isShared }) => isShared)) leftOut.push({ test: note.test, why: whyShared });
    else if (addresses === undefined) leftOut.push({ test: note.test, why: whyVarying });
    else ways.set(key, listWays(notes, requests, addresses, tried));
  }
  return { ways, leftOut };
}

/** Returns the address of each request; undefined if the runs differ by more than keys, folders and names of buckets. */
export function addressRequests(
  requests: readonly RequestNote[],
  others: readonly RequestNote[],
): readonly RequestAddress[] | undefined {
  const forms: readonly ((request: RequestNote) => Omit<RequestAddress, 'nth'>)[] = [
    ({ operation, bucket, key }) => ({ operation, bucket, key }),
    ({ operation, bucket, key }) => ({ operation, bucket, folder: folderOf(key) }),
    ({ operation, bucket }) => ({ operation, bucket }),
    ({ operation }) => ({ operation }),
  ];
  // A request whose key is the same in both runs is known by it, even if the key of another one is not.
  const counts = forms.map((form) => [countBy(requests, form), countBy(others, form)] as const);
  const addresses = requests.map((request, index) => {
    const level = counts.findIndex(([one, other], at) => {
      const text = JSON.stringify(forms[at]?.(request));
      return one.get(text) === other.get(text);
    });
    const form = forms[level];
    if (form === undefined) return undefined;
    const address = form(request);
    const before = requests.slice(0, index).filter((one) => JSON.stringify(form(one)) === JSON.stringify(address));
    return { ...address, nth: before.length + 1 };
  });
  const isWhole = requests.length === others.length && addresses.every((address) => address !== undefined);
  return isWhole ? addresses.filter((address) => address !== undefined) : undefined;
}

function countBy(
  requests: readonly RequestNote[],
  form: (request: RequestNote) => object,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const request of requests) {
    const text = JSON.stringify(form(request));
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** What the user asked for comes first. */
function chooseKinds(also: readonly KindName[]): readonly WayKind[] {
  const asked = also.flatMap((name) => findKind(name) ?? []);
  return [...asked, ...kinds.filter(({ nature }) => nature !== 'arguable')];
}

function listWays(
  notes: readonly TestNote[],
  requests: readonly RequestNote[],
  addresses: readonly RequestAddress[],
  tried: readonly WayKind[],
): readonly Way[] {
  const [note] = notes;
  if (note === undefined) return [];
  const { test } = note;
  return tried.flatMap(({ name: kind, of }): readonly Way[] => {
    if (of !== 'request') {
      if (!notes.some((one) => one.kinds.includes(kind))) return [];
      return [{ test, kind, request: undefined, name: `${of}, ${kind}`, subject: of, line: undefined, isWrite: true }];
    }
    const seen = new Set<string>();
    return requests.flatMap((request, index): readonly Way[] => {
      const address = addresses[index];
      if (address === undefined || !request.kinds.includes(kind)) return [];
      const { nth, ...subject } = address;
      // The pages of a later listing like it are of one entry, too.
      if (kind === 'pages of one' && seen.has(JSON.stringify(subject))) return [];
      seen.add(JSON.stringify(subject));
      const text = writeAddress(address);
      return [
        {
          test,
          kind,
          request: address,
          subject: text,
          name: `${text}, ${kind}`,
          line: request.line,
          isWrite: request.isWrite,
        },
      ];
    });
  });
}

function writeAddress({ operation, bucket, key, folder = '', nth }: RequestAddress): string {
  const subject = bucket === '' && (key ?? '') === '' ? '' : ` ${bucket ?? '*'}/${key ?? `${folder}*`}`;
  return `${operation}${subject}${nth > 1 ? ` (${nth})` : ''}`;
}

export type Pass = ReadonlyMap<string, Way>;

/** In each pass, every test has one way of its own. */
export function planPasses(ways: ReadonlyMap<string, readonly Way[]>, most: number): readonly Pass[] {
  const longest = [...ways.values()].reduce((longer, { length }) => Math.max(longer, length), 0);
  return Array.from({ length: Math.min(longest, most) }, (_, index) => {
    const pass = new Map<string, Way>();
    for (const [key, list] of ways) {
      const way = list[index];
      if (way !== undefined) pass.set(key, way);
    }
    return pass;
  });
}

/** To confirm a finding, only one test of a file has a way, so that no other test can be the cause. */
export function planConfirmations(ways: readonly Way[]): readonly Pass[] {
  const passes: Map<string, Way>[] = [];
  const files: Set<string>[] = [];
  for (const way of ways) {
    let at = files.findIndex((known) => !known.has(way.test.file));
    if (at === -1) {
      at = files.push(new Set()) - 1;
      passes.push(new Map());
    }
    files[at]?.add(way.test.file);
    passes[at]?.set(keyOf(way.test), way);
  }
  return passes;
}
