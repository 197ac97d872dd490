import type { RecordedCase } from '../../src/facts/case';
import type { ChosenCase } from '../../src/facts/run';
import { isRecord } from '../../src/text/value-kinds';
import { readStackd } from './stackd';
import { translate } from './translation';

/** A file without requests, or of an unknown form, is a case that is not played and says why. */
export function importRecordings(file: string, content: unknown): readonly ChosenCase[] {
  const subject = file.replace(/^.*[/\\]/, '').replace(/\.json$/, '');
  const make = (title: string, recordedCase: RecordedCase): ChosenCase => ({
    subject,
    file,
    recorded: monthOf(recordedCase),
    title,
    recordedCase,
  });
  if (!isRecord(content)) return [make(subject, { calls: [], notPlayed: unknownForm })];
  if (isSnapshot(content)) return Object.keys(content).map((name) => make(name, { calls: [], notPlayed: noRequests }));
  const recordings = readStackd(content, subject);
  if (recordings === undefined) return [make(subject, { calls: [], notPlayed: unknownForm })];
  return recordings.map((recording) => make(recording.title, translate(recording)));
}

const unknownForm = 'its file has neither observations nor Calls';
const noRequests =
  'a snapshot of LocalStack has answers without their requests, which only its tests can send: run them against s3.listen()';

/** LocalStack's tests compare with answers that they recorded, under labels. */
function isSnapshot(content: Readonly<Record<string, unknown>>): boolean {
  const tests = Object.values(content);
  return tests.length > 0 && tests.every((test) => isRecord(test) && 'recorded-content' in test);
}

function monthOf({ state }: RecordedCase): string {
  return String(state?.now ?? 'unknown').slice(0, '2026-09'.length);
}
