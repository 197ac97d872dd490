import type { RequestEntry } from '../../journal/entry';
import { type CorsRule, matchCors } from '../../model/configurations/cors';
import { operations } from '../../operations/table';
import { writeValue } from '../../text/values';
import type { ComparedTexts } from '../compared-texts';
import type { Asked, Change, Hint } from '../hint';
import { isAwaited, listMissing } from './expectation';
import { makeRead, withHeader } from './wire';

/** Whether an assertion found no header where it expected one: `headers.get()` returns null. */
function isOfNull({ received, printed }: ComparedTexts): boolean {
  return /\bnull\b/.test(printed) && [...received].every((text) => text === 'null');
}

function findRules({ entry, store }: Asked): readonly CorsRule[] {
  return store.buckets.get(entry.bucket ?? '')?.settings.cors?.CORSRules ?? [];
}

type Written = Readonly<Record<string, { readonly at?: string; readonly wireName?: string | readonly string[] }>>;

function listHeaders(members: object): readonly string[] {
  return Object.values(members as Written).flatMap(({ at, wireName = [] }) =>
    at?.startsWith('header') === true ? [wireName].flat().map((name) => name.toLowerCase()) : [],
  );
}

/** Headers that all answers have, whatever the operation. */
const ofAllAnswers = ['x-amz-request-id', 'x-amz-id-2', 'date', 'server', 'content-length', 'content-type', 'etag'];

/** The headers of an answer to an operation, and those that no request of it has. */
function readHeaders({ operation }: RequestEntry) {
  const row: object =
    operation !== undefined && operation in operations ? Reflect.get(operations, operation) : { input: {}, output: {} };
  const [sent, answered] = ['input', 'output'].map((side) => listHeaders(Reflect.get(row, side)));
  const ofAnswer = new Set([...ofAllAnswers, ...(answered ?? [])]);
  const ofRequests = new Set([...(sent ?? []), 'content-length', 'content-type', 'date']);
  return { ofAnswer, ofAnswerAlone: new Set([...ofAnswer].filter((name) => !ofRequests.has(name))) };
}

/** The headers of the answer which a test expects to be exposed, or which a rule names as headers of requests. */
function listExpected(
  { entry, compared }: Asked,
  { AllowedHeaders = [], ExposeHeaders = [] }: CorsRule,
): readonly string[] {
  const { ofAnswer, ofAnswerAlone } = readHeaders(entry);
  const exposed = new Set(ExposeHeaders.map((name) => name.toLowerCase()));
  const isHidden = (name: string) => !exposed.has(name.toLowerCase());
  for (const one of compared.filter(isOfNull)) {
    const names = listMissing(one).flatMap((text) => text.split(/[\s,]+/).filter((name) => name !== ''));
    if (names.length > 0 && names.every((name) => ofAnswer.has(name.toLowerCase()))) return names.filter(isHidden);
    const isSilent = [...one.expected].every((text) => text === '');
    if (isSilent && ExposeHeaders.length === 0)
      return AllowedHeaders.filter((name) => ofAnswerAlone.has(name.toLowerCase()));
  }
  return [];
}

/** A rule names headers that a page may send, and the test expects those that it may read. */
function listExposed(asked: Asked): readonly Change[] {
  const { entry, wire } = asked;
  const origin = wire.headers.get('origin');
  const rules = findRules(asked);
  const fit = origin && matchCors(rules, { origin, method: wire.method, headers: [] });
  if (!fit || typeof fit === 'string') return [];
  const names = listExpected(asked, fit.rule);
  if (names.length === 0) return [];
  const ExposeHeaders = [...(fit.rule.ExposeHeaders ?? []), ...names];
  const CORSRules = rules.map((rule) => (rule === fit.rule ? { ...rule, ExposeHeaders } : rule));
  return [
    {
      wire: {},
      options: {
        verifySignatures: 'as the mock',
        arrange: (copy) => copy.buckets.get(entry.bucket ?? '')?.change({ cors: { CORSRules } }),
      },
      says: () =>
        `AllowedHeaders of its CORS rule are headers that a page may send, and ExposeHeaders are those that it may read. With ExposeHeaders: ${writeValue(ExposeHeaders)} the answer would have had access-control-expose-headers.`,
    },
  ];
}

/** The most values that are compared: an assertion of a header has one. */
const MOST = 5;

const someOrigin = 'https://www.example.com';

/** S3 says nothing of CORS to a request without an Origin, which a browser sends by itself. */
function listOrigins(asked: Asked): readonly Change[] {
  const { wire, compared } = asked;
  const rules = findRules(asked);
  if (wire.headers.has('origin') || rules.length === 0) return [];
  const missing = compared.filter(isOfNull).flatMap(listMissing).slice(0, MOST);
  const named = rules.flatMap(({ AllowedOrigins }) => AllowedOrigins).map(nameOrigin);
  const origin = [...missing.filter((text) => /^https?:\/\/[^/]+$/.test(text)), ...named].find((one) => {
    const fit = matchCors(rules, { origin: one, method: wire.method, headers: [] });
    return typeof fit !== 'string' && missing.some((text) => isAnswered(text, one, fit));
  });
  if (origin === undefined) return [];
  return [
    {
      wire: withHeader(wire, 'origin', origin),
      options: { verifySignatures: 'as the mock' },
      says: () =>
        `S3 answers with headers of CORS only if the request has an Origin, which a browser sends by itself. With Origin: ${writeValue(origin)} the answer would have had what the test expects.`,
    },
  ];
}

function nameOrigin(pattern: string): string {
  return pattern === '*' ? someOrigin : pattern.replace('*', 'www');
}

function isAnswered(
  text: string,
  origin: string,
  { allowedOrigin, rule }: Exclude<ReturnType<typeof matchCors>, string>,
) {
  return (
    text === (allowedOrigin === '*' ? '*' : origin) ||
    [rule.ExposeHeaders, rule.AllowedMethods].some((names) => text === names?.join(', '))
  );
}

interface Allowance {
  readonly rule: CorsRule;
  readonly changed: CorsRule;
  readonly name: 'AllowedOrigins' | 'AllowedMethods';
}

/** What runners print of a header that should be there, whatever it says. */
const ofAnyValue = /not\.toBeNull\(\)|^Expected: not null$|\bexpected null not to be\b/m;

/** Whether a test misses its own Origin in the answer. What it misses otherwise can be a header of the last answer. */
function isOriginMissing(
  one: ComparedTexts,
  { origin, isLast }: { readonly origin: string; readonly isLast: boolean },
): boolean {
  return (isOfNull(one) && listMissing(one).includes(origin)) || (isLast && ofAnyValue.test(one.printed));
}

/** A test misses its own Origin in the answer, since no rule allows it or the method. */
function listAllowed(asked: Asked): readonly Change[] {
  const { entry, entries, wire, compared } = asked;
  const origin = wire.headers.get('origin');
  const rules = findRules(asked);
  const isLast = entries.at(-1) === entry;
  if (origin === undefined || !compared.some((one) => isOriginMissing(one, { origin, isLast }))) return [];
  const corrected = writeAsBrowsers(origin);
  if (corrected !== origin) return listCorrected(asked, origin, corrected);
  const match = (some: readonly CorsRule[]) => matchCors(some, { origin, method: wire.method, headers: [] });
  const why = match(rules);
  const allowance = listAllowances(rules, origin, wire.method).find(({ changed }) => {
    const fit = match([changed]);
    // A rule for all origins is answered with a star.
    return typeof fit !== 'string' && fit.allowedOrigin !== '*';
  });
  if (typeof why !== 'string' || allowance === undefined) return [];
  const { rule, changed, name } = allowance;
  const CORSRules = rules.map((one) => (one === rule ? changed : one));
  return [
    {
      wire: {},
      options: {
        verifySignatures: 'as the mock',
        arrange: (copy) => copy.buckets.get(entry.bucket ?? '')?.change({ cors: { CORSRules } }),
      },
      says: () =>
        `${why}. With ${name}: ${writeValue(changed[name])} the answer would have had access-control-allow-origin.`,
    },
  ];
}

/** A browser sends an origin in lower case, and without a path. */
function writeAsBrowsers(origin: string): string {
  return /^https?:\/\/[^/?#]+/i.exec(origin)?.[0].toLowerCase() ?? origin;
}

/** No rule has to allow an Origin that no browser sends. */
function listCorrected(asked: Asked, sent: string, origin: string): readonly Change[] {
  const { wire } = asked;
  const fit = matchCors(findRules(asked), { origin, method: wire.method, headers: [] });
  if (typeof fit === 'string' || fit.allowedOrigin === '*') return [];
  return [
    {
      wire: withHeader(wire, 'origin', origin),
      options: { verifySignatures: 'as the mock' },
      says: () =>
        `no browser sends the Origin ${writeValue(sent)}, but scheme, host and port in lower case, without a path. With Origin: ${writeValue(origin)} the answer would have had access-control-allow-origin.`,
    },
  ];
}

function listAllowances(rules: readonly CorsRule[], origin: string, method: string): readonly Allowance[] {
  // Another method is enough for a rule that allows the origin.
  return [
    ...rules.map((rule) => ({ rule, changed: { ...rule, AllowedMethods: [...rule.AllowedMethods, method] } })),
    ...rules.map((rule) => ({ rule, changed: { ...rule, AllowedOrigins: [...rule.AllowedOrigins, origin] } })),
  ].map((one, index) => ({ ...one, name: index < rules.length ? 'AllowedMethods' : 'AllowedOrigins' }));
}

/** Clients whose code sees members of an answer, and no headers. */
const ofSdks = /^(?:aws-sdk|ibm-cos-sdk|MinIO)/;

const changes: Hint['changes'] = (asked) =>
  ofSdks.test(asked.entry.client ?? '') ? [] : [...listExposed(asked), ...listOrigins(asked), ...listAllowed(asked)];

export const tryCrossOriginRead: Hint = {
  tries: 'a CORS rule that exposes the headers of the answer or allows the Origin, or an Origin',
  of: 'reads',
  changes,
};

export const tryCrossOriginWrite: Hint = {
  tries: 'a CORS rule that exposes the headers of the answer to a write or allows the Origin, or an Origin',
  of: 'writes',
  changes,
};

/** Whether a test waits for a refusal of the last request, and names no other reason for it than that the access is denied. */
export function isDenialExpected(asked: Asked): boolean {
  const { entry, entries, compared, errors } = asked;
  if (entries.at(-1) !== entry) return false;
  const isStatus = compared.some(({ numbers: [expected, received] }) => expected === 403 && received === entry.status);
  return isStatus || (isAwaited(asked) && errors.every(({ message }) => namesNoOther(message)));
}

/** Whether a message names no other error than a denial. node:assert names the expected error in brackets. */
export function namesNoOther(message: string): boolean {
  const [, name = 'AccessDenied'] = /Missing expected rejection \((\w+)\)/.exec(message) ?? [];
  return name === 'AccessDenied' || name === 'AccessForbidden' || name === 'Error';
}

/** A test takes CORS for a refusal of S3: S3 refuses only the OPTIONS of a browser, and answers all other requests. */
export const tryPreflight: Hint = {
  tries: "a browser's OPTIONS with the Origin of the request, where a test expects a refusal",
  of: 'requests that should be refused',
  changes: (asked) => {
    const { wire, store } = asked;
    const origin = wire.headers.get('origin');
    const rules = findRules(asked);
    // Whoever has moved the clock can wait for the end of a URL or of a session.
    if (origin === undefined || rules.length === 0 || store.clock.moved !== 0 || !isDenialExpected(asked)) return [];
    const { headers } = makeRead(wire, 'OPTIONS', wire.url);
    const sent = new Map([...headers, ['origin', origin], ['access-control-request-method', wire.method]]);
    return [
      {
        wire: { ...makeRead(wire, 'OPTIONS', wire.url), headers: sent, rawHeaders: [...sent].flat() },
        says: ({ status, code }) =>
          `S3 refuses no ${wire.method} because of its Origin. As no CORS rule of the bucket allows ${wire.method} from ${writeValue(origin)}, the answer has no access-control-allow-origin, and a browser hides it from the page; other clients read it. Compare that header, or send the OPTIONS that a browser sends before: it would have been refused, ${status} ${code}.`,
      },
    ];
  },
  succeeds: ({ code }) => code === 'AccessForbidden',
};
