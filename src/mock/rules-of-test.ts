import type { RequestEntry } from '../journal/entry';
import { requestColumns } from '../journal/entry-text';
import type { EntriesOfTest } from '../journal/explanation';
import { writeLast } from '../journal/lines';
import { whyUnmet } from '../journal/sent';
import type { WrittenAssertions } from '../journal/written-assertions';
import { S3MockError } from '../s3-mock-error';
import type { UnusedRule } from '../service/failures/rules';
import type { SteppedRule } from '../service/failures/stepped-rule';
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

interface TestOfRules {
  readonly ofTest: EntriesOfTest;
  /** The number of requests before the test. */
  readonly first: number;
  readonly written: WrittenAssertions;
}

export function makeUnused(rule: UnusedRule, test: TestOfRules): S3MockError {
  const { ofTest, written } = test;
  const note = rule.note ?? whyUnmet(rule, ofTest);
  const met = rule.operation === 'ReplicateObject' ? 'No attempt to copy met' : 'No request met';
  const why = note === undefined ? '' : ` ${writeSentence(note)}`;
  const text = `${met} s3.${rule.text}, and mockS3 has unusedRules: 'fail'.${why}\n\n${writeRequests(rule, test)}`;
  written.finish(text);
  return new S3MockError(codes.unused, text);
}

/** Lists the requests that a rule could have met. For rules about copies these are all, since any request can lead to a copy. */
function writeRequests({ operation }: UnusedRule, { ofTest: { entries }, first, written }: TestOfRules): string {
  const isOfAll = operation === '*' || operation === 'ReplicateObject';
  const numbered = entries.map((entry, index) => ({ number: first + index + 1, entry }));
  const same = numbered.filter(({ entry }) => isOfAll || entry.operation === operation);
  const of = isOfAll ? '' : `${operation} `;
  if (same.length === 0) return `No ${of}request came in this test.`;
  const last = same.slice(-LISTED);
  written.noteRequests(last.map(({ entry }) => entry));
  return `The last ${of}requests of this test:\n${writeLast<RequestEntry, (typeof last)[number]>(requestColumns, last)}`;
}

const LISTED = 10;
