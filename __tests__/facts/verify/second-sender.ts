import { beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordedCall } from '../../../src/facts/case';
import { mockStage } from '../../../src/facts/mock-stage';
import { play } from '../../../src/facts/play';
import type { choose } from '../../../src/facts/run';
import { loadXxhash } from '../../../src/formats/xxhash';
import { cases } from '../cases';
import { askBySdk } from './sdk-sender';

type PlayedCase = ReturnType<typeof choose>[number];

/** The calls of a case that the SDK has a command for. */
function callsOf({ recordedCase }: PlayedCase): readonly RecordedCall[] {
  return recordedCase.calls.filter(([, operation]) => !operation.includes(' '));
}

export const operationsOf = (played: PlayedCase) => callsOf(played).map(([, operation]) => operation);

export function membersOf(played: PlayedCase): readonly string[] {
  return callsOf(played).flatMap(([, operation, input, answer, output = {}]) => [
    ...pathsIn(input).map((path) => `${operation} ${path}`),
    ...(answer < '300' ? pathsIn(output).map((path) => `${operation} > ${path}`) : []),
  ]);
}

/** The names of members and of those in them, which say how a structure is written; deeper ones are written in the same way. */
function pathsIn(value: unknown, depth = 2): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => pathsIn(one, depth));
  if (depth === 0 || typeof value !== 'object' || value === null || value instanceof Uint8Array) return [''];
  return Object.entries(value).flatMap(([name, one]) => pathsIn(one, depth - 1).map((path) => `${name}.${path}`));
}

/** The cases that have something which no case before them has. */
export function firstWith(partsOf: (played: PlayedCase) => readonly string[]): readonly PlayedCase[] {
  const met = new Set<string>();
  return cases.filter((played) => {
    const parts = partsOf(played);
    const isNew = parts.some((part) => !met.has(part));
    for (const part of parts) met.add(part);
    return isNew;
  });
}

export function playBySdk(cases: readonly PlayedCase[]): void {
  describe('a case that the AWS SDK sends and reads is answered in the same way', () => {
    beforeAll(() => loadXxhash());

    it.each(cases.map((played) => ({ name: `${played.subject}: ${played.title}`, recordedCase: played.recordedCase })))(
      '$name',
      async ({ recordedCase }) => {
        expect(await play(mockStage, recordedCase, askBySdk)).toEqual({ differences: [], leftOut: [] });
      },
    );
  });
}
