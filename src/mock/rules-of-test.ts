import type { EntriesOfTest } from '../journal/earlier-calls';
import type { RequestEntry } from '../journal/entry';
import { requestColumns } from '../journal/entry-text';
import { type Numbered, writeLast } from '../journal/lines';
import { COMPARED, whyUnmet } from '../journal/nearest-request';
import type { WrittenAssertions } from '../journal/written-assertions';
import { S3MockError } from '../s3-mock-error';
import type { UnusedRule } from '../service/failures/rules';
import type { SteppedRule } from '../service/failures/stepped-rule';
import { groupBy } from '../text/lists';
import { writeSentence } from '../text/sentences';

const codes = { withoutStep: 'RULE_WITHOUT_STEP', unused: 'UNUSED_RULE' } as const;

/** Whether an error is a mistake of the rules that a test made. */
export function isOfRules(error: unknown): error is S3MockError {
  return error instanceof S3MockError && Object.values<string>(codes).includes(error.code);
}

export function makeWithoutStep({ text, hasStep }: Pick<SteppedRule, 'text' | 'hasStep'>): S3MockError {
  const what = hasStep
    ? 'had no step when a request met it, so it changed nothing. Give the rule its steps before the call.'
    : `has no step, so it changes nothing. Say what should happen, such as s3.${text}.fail('SlowDown').`;
  return new S3MockError(codes.withoutStep, `s3.${text} ${what}`);
}

interface TestOfRules extends EntriesOfTest {
  /** The number of requests before the test. */
  readonly first: number;
  readonly written: WrittenAssertions;
}

type Request = Numbered<RequestEntry>;

/** A test can have as many rules as requests, so the requests are sorted once. */
export function makeUnused(
  rules: readonly UnusedRule[],
  { entries, first, written }: TestOfRules,
): readonly S3MockError[] {
  const all = entries.map((entry, index) => ({ number: first + index + 1, entry }));
  const byOperation = groupBy<Request, string | undefined>(all, ({ entry }) => entry.operation);
  return rules.map((rule) => {
    const requests = isOfAll(rule) ? all : (byOperation.get(rule.operation) ?? []);
    written.noteRequests(requests.slice(-LISTED).map(({ entry }) => entry));
    const text = writeUnused(rule, requests);
    written.finish(text);
    return new S3MockError(codes.unused, text);
  });
}

/** For rules about copies these are all requests, since any request can lead to a copy. */
function isOfAll({ operation }: UnusedRule): boolean {
  return operation === '*' || operation === 'ReplicateObject';
}

function writeUnused(rule: UnusedRule, requests: readonly Request[]): string {
  const compared = rule.operation === 'ReplicateObject' ? [] : requests.slice(-COMPARED);
  const note =
    rule.note ??
    whyUnmet(
      rule,
      compared.map(({ entry }) => entry),
    )?.();
  const met = rule.operation === 'ReplicateObject' ? 'No attempt to copy met' : 'No request met';
  const why = note === undefined ? '' : ` ${writeSentence(note)}`;
  return `${met} s3.${rule.text}, and mockS3 has unusedRules: 'fail'.${why}\n\n${writeRequests(rule, requests)}`;
}

/** Lists the requests that a rule could have met. */
function writeRequests(rule: UnusedRule, requests: readonly Request[]): string {
  const of = isOfAll(rule) ? '' : `${rule.operation} `;
  if (requests.length === 0) return `No ${of}request came in this test.`;
  return `The last ${of}requests of this test:\n${writeLast<RequestEntry, Request>(requestColumns, requests.slice(-LISTED))}`;
}

const LISTED = 10;
