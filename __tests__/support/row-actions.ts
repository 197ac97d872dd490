import type { ActionName } from '../../src/model/access/actions';
import type { ActionRules, NeededActions } from '../../src/operations/members/actions';
import { operations } from '../../src/operations/table';

export interface RowWithActions {
  readonly pattern: string;
  readonly level: 'SERVICE' | 'BUCKET' | 'OBJECT';
  readonly dialect: 'aws' | 'ibm-cos' | undefined;
  readonly service: string;
  readonly input: object;
  readonly action: NeededActions<object>;
}

export const rowsWithActions = Object.entries(operations as unknown as Readonly<Record<string, RowWithActions>>); // without the types of their inputs

const rules: ActionRules = { ownership: 'ObjectWriter', callerId: undefined, isOfAnotherAccount: false };

/** A batch has those of an entry. */
export function actionsFor({ action }: RowWithActions, input: object = {}): readonly ActionName[] {
  if (action === 'no action') return [];
  if (typeof action === 'string') return [action];
  const needed = typeof action === 'object' ? action.ofEachEntry(input) : action(input, rules);
  return typeof needed === 'string' ? [needed] : needed;
}

/** Inputs that may need further actions, by the words of `docs/reference/operations.md`. */
const furtherInputs: readonly (readonly [words: string, input: object])[] = [
  ['tags', { Tagging: 'a=b', TaggingDirective: 'REPLACE', CreateBucketConfiguration: { Tags: [{ Key: 'a' }] } }],
  ['an ACL', { ACL: 'public-read' }],
  ['a retention', { ObjectLockMode: 'GOVERNANCE' }],
  ['a legal hold', { ObjectLockLegalHoldStatus: 'ON' }],
  ['an ETag in If-Match', { IfMatch: '"etag"' }],
  ['object lock', { ObjectLockEnabledForBucket: true }],
  ['an ownership', { ObjectOwnership: 'ObjectWriter' }],
];

const quoted = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

export function describeActions(row: RowWithActions): string {
  const plain = actionsFor(row);
  const ofVersion = actionsFor(row, { VersionId: 'v1' });
  const further = furtherInputs.flatMap(([words, input]) => {
    const taken = Object.entries(input).filter(([member]) => Object.hasOwn(row.input, member));
    const more = actionsFor(row, Object.fromEntries(taken)).filter((name) => !plain.includes(name));
    return more.length === 0 ? [] : [`with ${words} also ${quoted(more)}`];
  });
  const parts = [
    `${typeof row.action === 'object' ? 'for each entry ' : ''}${quoted(plain)}`,
    ...(ofVersion.join() === plain.join() ? [] : [`for a version ${quoted(ofVersion)}`]),
    ...further,
  ];
  return plain.length === 0 ? '' : parts.join('; ');
}
