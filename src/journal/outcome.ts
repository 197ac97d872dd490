import { counted } from '../text/counts';
import { writeValue } from '../text/values';
import { findNamedParts, isBatch, makePartIndex, type RefusedPart, readSentParts } from './batch';
import type { ComparedValues } from './difference-text';
import { type RequestEntry, type ServiceTitle, serviceTitles } from './entry';
import { fits } from './input-matching';

/**
 * A failure that a test injects counts as 'refused': the code under test cannot distinguish it from a refusal. The last three say nothing
 * about S3.
 */
type Fate = 'applied' | 'refused' | 'refused by the mock' | 'answered by the test' | 'lost';

export interface Judgement {
  readonly entry: RequestEntry;
  readonly fate: Fate;
  readonly applied: boolean;
  readonly refusedParts: readonly RefusedPart[];
  /** The number of parts that are judged: the parts that the test names, or all parts; 0 if S3 did not carry out the batch. */
  readonly parts: number;
  isRefused(by: Refusal): boolean;
}

/** The refusal that a test expects. */
export interface Refusal {
  /** The code of S3's error, such as `AccessDenied`; for a refused entry of a batch, the entry's own code. */
  readonly code?: string | undefined;
  /** The status of the answer; 200 for a refused entry of a batch, 0 if the answer was lost. */
  readonly status?: number | undefined;
}

/** The outcome by which `of` chooses requests. A member that is left out matches any value. */
export interface OutcomeFilter extends Refusal {
  /** Whether S3 applied the request, that is, answered 2xx or 304, even if the answer was lost. */
  readonly applied?: boolean | undefined;
}

export function judge(entry: RequestEntry, expected: unknown): Judgement {
  const fate = decideFate(entry);
  return fate === 'applied' && isBatch(entry.operation) ? judgeParts(entry, expected) : judgeRequest(entry, fate);
}

export function hasOutcome(judgement: Judgement, { applied, status, code }: OutcomeFilter): boolean {
  if (applied !== undefined && applied !== judgement.applied) return false;
  if (status !== undefined && status !== judgement.entry.status) return false;
  return code === undefined || judgement.entry.error?.code === code || judgement.isRefused({ code });
}

/** An answer refuses if it is an error of S3, whatever its status: the 301 that leads to another region is one. */
export function findRefuser(entry: RequestEntry): ServiceTitle | 'the mock' | undefined {
  const { status, error, failure } = entry;
  if (failure?.kind === 'reply') return undefined;
  if (failure?.kind === 'fail') return serviceNameOf(entry);
  // An unchanged object is S3's answer to a read, not its refusal; the code is all that remains of a lost answer.
  if (error === undefined || status === 304 || error.code === 'NotModified') return undefined;
  return error.code.startsWith('S3Mock') ? 'the mock' : serviceNameOf(entry);
}

function decideFate(entry: RequestEntry): Fate {
  const { failure } = entry;
  if (failure?.kind === 'reply') return 'answered by the test';
  const refuser = findRefuser(entry);
  if (refuser !== undefined) return refuser === 'the mock' ? 'refused by the mock' : 'refused';
  // A read that answered 304 was carried out, whatever became of its answer.
  return failure?.kind === 'disconnect' && !failure.applied && entry.error === undefined ? 'lost' : 'applied';
}

function judgeRequest(entry: RequestEntry, fate: Fate): Judgement {
  return {
    entry,
    fate,
    applied: fate === 'applied',
    refusedParts: [],
    parts: 0,
    isRefused({ code, status }) {
      // A test that names a code of the mock means its refusal.
      const isRefusal = fate === 'refused' || (fate === 'refused by the mock' && code !== undefined);
      return isRefusal && isOrAny(code, entry.error?.code) && isOrAny(status, entry.status);
    },
  };
}

/** If a test names parts, all of them were applied or all were refused. If it names none, one refused part is a refusal. */
function judgeParts(entry: RequestEntry, expected: unknown): Judgement {
  const sent = readSentParts(entry);
  const named = findNamedParts(expected);
  const listCandidates = makePartIndex(sent, ({ part }) => part);
  const fitting = named?.map((one) => listCandidates(one).filter(({ part }) => fits(one, part)));
  const ofNamed = new Set(fitting?.flat());
  const concerned = fitting === undefined ? sent : sent.filter((one) => ofNamed.has(one));
  const isApplied = ({ refused }: (typeof sent)[number]) => refused === undefined;
  return {
    entry,
    fate: 'applied',
    applied: fitting === undefined ? sent.every(isApplied) : fitting.every((some) => some.some(isApplied)),
    refusedParts: concerned.flatMap(({ refused }) => refused ?? []),
    parts: concerned.length,
    isRefused({ code, status }) {
      const isRefused = ({ refused }: (typeof sent)[number]) => refused !== undefined && isOrAny(code, refused.code);
      const found = fitting === undefined ? sent.some(isRefused) : fitting.every((some) => some.some(isRefused));
      return found && isOrAny(status, entry.status);
    },
  };
}

function isOrAny<Value>(expected: Value | undefined, actual: Value): boolean {
  return expected === undefined || expected === actual;
}

const NAMED_PARTS = 3;

export function writeRefusal({ status, code }: Refusal): string {
  const words = [
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(code === undefined ? [] : [`code ${writeValue(code)}`]),
  ];
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

export function writeOutcome({ entry, fate, refusedParts, parts }: Judgement): string {
  switch (fate) {
    case 'refused':
      return entry.failure?.kind === 'fail'
        ? `it was refused with ${writeError(entry)}, a failure that the test asked for`
        : `${serviceNameOf(entry)} refused it with ${writeError(entry)}`;
    case 'refused by the mock':
      return `the mock itself refused it, which is not ${serviceNameOf(entry)}'s answer: ${writeError(entry)}`;
    case 'answered by the test':
      return `the test replied in ${serviceNameOf(entry)}'s place, with status ${entry.status}`;
    case 'lost':
      return `its connection was lost before ${serviceNameOf(entry)} applied it`;
    case 'applied':
      return refusedParts.length === 0 ? writeApplied(entry) : writeParts(refusedParts, parts);
  }
}

export function comparedOutcomes(judgement: Judgement, expected: 'applied' | Refusal): ComparedValues {
  const { entry, fate, refusedParts, parts } = judgement;
  const { operation, status } = entry;
  const outcome = refusedParts.length === 0 ? fate : writeRefusedParts(refusedParts.length, parts);
  if (expected === 'applied')
    return { expected: { operation, outcome: expected }, actual: { operation, outcome, ...listCodes(judgement) } };
  const named = {
    ...(expected.status !== undefined && { status }),
    ...(expected.code !== undefined && listCodes(judgement)),
  };
  return { expected: { operation, outcome: 'refused', ...expected }, actual: { operation, outcome, ...named } };
}

function listCodes({ entry: { error }, refusedParts }: Judgement): { readonly code?: string } {
  const codes = new Set(error === undefined ? refusedParts.map(({ code }) => code) : [error.code]);
  return codes.size === 0 ? {} : { code: [...codes].slice(0, NAMED_PARTS).join(', ') };
}

function writeRefusedParts(count: number, parts: number): string {
  return count === parts ? 'refused' : `refused ${count} of ${parts} entries`;
}

function writeApplied(entry: RequestEntry): string {
  const { status, failure } = entry;
  const service = serviceNameOf(entry);
  return status === 0
    ? `${service} applied it, and its answer was lost`
    : `${service} applied it, with ${status}${failure ? ` (${failure.what})` : ''}`;
}

function writeParts(refused: readonly RefusedPart[], parts: number): string {
  const named = refused.slice(0, NAMED_PARTS).map(({ part, code, message, isFailure }) => {
    const onPurpose = isFailure ? ', a failure that the test asked for' : '';
    return `${writeValue(part)} with ${code}: ${sentence(message)}${onPurpose}`;
  });
  const count =
    refused.length === parts ? counted(parts, 'entry').replace(/ys$/, 'ies') : `${refused.length} of ${parts} entries`;
  const rest = refused.length - named.length;
  return `S3 refused ${count}: ${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

function writeError({ status, error, why }: RequestEntry): string {
  const reason = why ?? error?.message ?? '';
  const answer = `${status === 0 ? '' : `${status} `}${error?.code}${status === 0 ? ', and its answer was lost' : ''}`;
  return reason === '' ? answer : `${answer}: ${sentence(reason)}`;
}

function sentence(text: string): string {
  return (text.split('\n', 1)[0] ?? '').replace(/\.$/, '');
}

/** A request that no service answers is refused in S3's words. */
function serviceNameOf({ service = 's3' }: Pick<RequestEntry, 'service'>): ServiceTitle {
  return serviceTitles[service];
}
