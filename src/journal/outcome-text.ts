import { counted } from '../text/counts';
import { writeValue } from '../text/values';
import type { RefusedPart } from './batch';
import type { ComparedValues } from './compared-values';
import type { RequestEntry } from './entry';
import type { Judgement, Refusal } from './outcome';
import { serviceNameOf } from './service-name';

const NAMED_PARTS = 3;

/** The refusal that a test expects, as it follows the request: ` with status 403 and code 'AccessDenied'`. */
export function writeRefusal({ status, code }: Refusal): string {
  const words = [
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(code === undefined ? [] : [`code ${writeValue(code)}`]),
  ];
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

/** The outcome of a request, as a clause: `S3 refused it with 403 AccessDenied: the code 287082 was accepted before, at 12:00:05`. */
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

/** The expected and the actual outcome of a request, for reporters that compare both. Its input is as expected, and left out. */
export function comparedOutcomes(judgement: Judgement, expected: 'applied' | Refusal): ComparedValues {
  const { entry, fate, refusedParts, parts } = judgement;
  const { operation, status } = entry;
  const outcome = refusedParts.length === 0 ? fate : writeRefusedParts(refusedParts.length, parts);
  if (expected === 'applied')
    return { expected: { operation, outcome: expected }, actual: { operation, outcome, ...codesOf(judgement) } };
  const named = {
    ...(expected.status !== undefined && { status }),
    ...(expected.code !== undefined && codesOf(judgement)),
  };
  return { expected: { operation, outcome: 'refused', ...expected }, actual: { operation, outcome, ...named } };
}

/** The code of the refusal; of a batch, those of its refused entries. */
function codesOf({ entry: { error }, refusedParts }: Judgement): { readonly code?: string } {
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

/** The first line, without a full stop: a headline continues after it. */
function sentence(text: string): string {
  return (text.split('\n', 1)[0] ?? '').replace(/\.$/, '');
}
