import type { Note, Picture, RequestNote, ResultNote, TestNote } from '../../src/tried/notes';
import { gatherNotes, type Run } from '../../src/tried/plan';

export const file = '/suite/a.test.ts';

export const request = (operation: string, key: string, more: Partial<RequestNote> = {}): RequestNote => ({
  ...{ operation, bucket: 'reports', key, line: '/suite/code.ts:3', isWrite: operation !== 'GetObject' },
  ...{ kinds: ['AccessDenied'] },
  ...more,
});

export const test = (name: string, requests: readonly RequestNote[], more: Partial<TestNote> = {}): TestNote => ({
  ...{ type: 'test', test: { file, name, group: '', index: 0 }, mock: 0, requests, picture: {} },
  ...{ kinds: [], isShared: false, isReached: true, isRepeated: false, refusedAgain: undefined },
  ...more,
});

export const result = (name: string, more: Partial<ResultNote> = {}): ResultNote => ({
  ...{ type: 'result', file, name, group: '', index: 0, result: 'passed', message: '', line: undefined },
  ...more,
});

export const run = (...notes: readonly Note[]): Run => gatherNotes(notes);

export const reports = (objects: Readonly<Record<string, string>>): Picture => ({ reports: objects });
