import { expect, it } from '@jest/globals';
import { askModule } from './modules';

const facts = [
  {
    fact: 'F51',
    title: 'Stacks of versions',
    rows: [
      { asks: 'GET of a key', answer: '200', kind: 'documented', shown: [1] },
      { asks: 'GET of a missing key', answer: 'the words of the refusal', kind: 'guess' },
    ],
    evidence: { 1: { kind: 'documented', source: 'the User Guide' } },
  },
  {
    fact: 'F60',
    title: 'Pages of versions',
    rows: [],
    notes: 'The rule.',
    evidence: { 1: { kind: 'recorded', repository: 'localstack', quote: '`"IsTruncated": true`.' } },
  },
];

const run = { service: 'aws', endpoint: 'https://s3.us-east-1.amazonaws.com', region: 'us-east-1', date: '2026-11-23' };
const place = { subject: 'versioning', file: 'versioning.json' };

function propose(outcomes: readonly object[]): string {
  const question = `module.proposalOf([{ ...values.run, outcomes: values.outcomes }], module.readEntries(values.facts), () => values.calls)`;
  const calls = [
    ['enable', 'PutBucketVersioning', {}, '200'],
    ['delete', 'DeleteBucket', {}, '409 BucketNotEmpty'],
  ];
  return String(askModule('build/propose-evidence.mjs', question, { run, outcomes, facts, calls }));
}

it('an answer as here is evidence for its fact, beside the guesses that it may settle', () => {
  const outcomes = [{ ...place, title: 'versions come and go', fact: 'F51', outcome: 'same', differences: [] }];
  expect(propose(outcomes)).toBe(`### F51 Stacks of versions

Its best row is documented. Add this evidence and name it in a row, or correct the row:

- Recorded: aws, us-east-1, 2026-11-23, \`npx s3-versioning-mock facts\`, "versions come and go": \`enable\` \`200\`, \`delete\` \`409 BucketNotEmpty\`.

Guesses of the entry, which these answers may settle:

- GET of a missing key: the words of the refusal
`);
});

it('an answer that differs is listed below its fact', () => {
  const differences = ['delete: expected 409 BucketNotEmpty, but it is 204 '];
  const outcomes = [{ ...place, title: 'versions come and go', fact: 'F60', outcome: 'differs', differences }];
  expect(propose(outcomes)).toContain(
    '"versions come and go":\n  - `delete: expected 409 BucketNotEmpty, but it is 204`\n',
  );
});

it.each([
  [[{ ...place, title: 'x', fact: 'F51', outcome: 'not played', differences: [] }]],
  [[{ ...place, title: 'x', outcome: 'same', differences: [] }]],
  [[]],
])('a run without an answer to a fact proposes nothing: %j', (outcomes) => {
  expect(propose(outcomes)).toBe('No case of these runs shows a fact.\n');
});
