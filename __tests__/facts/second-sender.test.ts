import { beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordedCall } from '../../src/facts/case';
import { mockStage } from '../../src/facts/mock-stage';
import { play } from '../../src/facts/play';
import { choose } from '../../src/facts/run';
import { loadXxhash } from '../../src/formats/xxhash';
import { askBySdk } from './sdk-sender';

function membersOf(calls: readonly RecordedCall[]): readonly string[] {
  return calls.flatMap(([, operation, input, answer, output = {}]) => {
    if (operation.includes(' ')) return [];
    const sent = pathsIn(input).map((path) => `${operation} ${path}`);
    return [...sent, ...(answer < '300' ? pathsIn(output).map((path) => `${operation} > ${path}`) : [])];
  });
}

/** The names of members and of those in them, which say how a structure is written; deeper ones are written in the same way. */
function pathsIn(value: unknown, depth = 2): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => pathsIn(one, depth));
  if (depth === 0 || typeof value !== 'object' || value === null || value instanceof Uint8Array) return [''];
  return Object.entries(value).flatMap(([name, one]) => pathsIn(one, depth - 1).map((path) => `${name}.${path}`));
}

/** The cases that send or get a member which no case before them has. */
function sample() {
  const met = new Set<string>();
  return choose([]).filter(({ recordedCase }) => {
    const members = membersOf(recordedCase.calls);
    const isNew = members.some((member) => !met.has(member));
    for (const member of members) met.add(member);
    return isNew;
  });
}

describe('a case that the AWS SDK sends and reads is answered in the same way', () => {
  beforeAll(() => loadXxhash());

  it.each(sample().map((one) => ({ name: `${one.subject}: ${one.title}`, recordedCase: one.recordedCase })))(
    '$name',
    async ({ recordedCase }) => {
      expect(await play(mockStage, recordedCase, askBySdk)).toEqual({ differences: [], leftOut: [] });
    },
  );
});
