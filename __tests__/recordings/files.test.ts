import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { facts } from '../../src/cli/facts';
import { readRecordings, writeExtent } from './files';

const invented = path.join(__dirname, 'invented');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 's3-versioning-mock-recordings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function play(place: string, ...args: readonly string[]): Promise<{ code: number; printed: string }> {
  const printed: string[] = [];
  const cases = readRecordings(place);
  const code = await facts(args, { version: '1.2.3', print: (text) => printed.push(text), cases });
  return { code, printed: printed.join('\n') };
}

describe('recordings of others', () => {
  it('are played from a folder and the folders below it', async () => {
    const { code, printed } = await play(invented);
    expect({ code, lines: printed.split('\n') }).toEqual({
      code: 0,
      lines: [
        'subject         cases  played  same  other  known  new',
        'observations    1      1       1     0      0      0',
        'calls_replay    2      2       2     0      0      0',
        'control_replay  2      2       2     0      0      0',
        'all             5      5       5     0      0      0',
        '',
        'played  the cases that were played',
        'same    all answers are as recorded',
        'other   an answer differs, or the case failed',
        "known   cases of 'other' whose differences are in the file of --known",
        "new     cases of 'other' with a new difference",
        '',
        'Left out, since',
        '     1  it calls sts',
        '     1  its client did not send it',
        '     1  it has another caller',
      ],
    });
  });

  it('are counted by calls, with those that are left out', () => {
    expect(writeExtent(readRecordings(invented))).toBe('35 recorded calls in 5 cases; 3 are left out.');
  });

  it('are listed and chosen as the cases of the library are', async () => {
    const file = path.join(invented, 'prepared', 'calls_replay.json');
    const listed = await play(file, '--list', '--only', 'there before');
    expect(listed.printed).toBe('calls_replay: an invented bucket that was there before');
    const played = await play(invented, '--only', 'observations');
    expect(played.printed).toMatch(/^all +1 +1 +1 +0 +0 +0$/m);
  });

  it('that are answered otherwise make the exit code 1, until an earlier run has the difference', async () => {
    const text = readFileSync(path.join(invented, 'observations.json'), 'utf8').replace(
      '"ContentLength": 3',
      '"ContentLength": 4',
    );
    const file = write('changed.json', text);
    const first = await play(file, '--write', folder);
    expect(first.code).toBe(1);
    expect(first.printed).toContain(
      'changed: changed, changed.json\n  get-first: ContentLength: expected 4, but it is 3',
    );
    const [report = ''] = readdirSync(folder).filter((name) => name.startsWith('facts-'));
    expect(JSON.parse(readFileSync(path.join(folder, report), 'utf8'))).toMatchObject({
      outcomes: [{ outcome: 'differs', leftOut: [{ label: 'identity' }, { label: 'empty-key' }] }],
    });
    const second = await play(file, '--known', path.join(folder, report));
    expect(second.code).toBe(0);
  });

  it.each([
    ['not-json.json', '{"observations": [', 'the file is not JSON: Unexpected end of JSON input'],
    ['other.json', '{"rows": []}', 'nothing can be played: other: its file has neither observations nor Calls'],
    [
      'fly.json',
      '{"Calls": [{"Label": "up", "Operation": "Fly", "Status": 200}]}',
      'nothing can be played: fly: none of its calls can be sent: there is no operation Fly',
    ],
    [
      'a.snapshot.json',
      '{"test_x": {"recorded-content": {}}}',
      'nothing can be played: test_x: a snapshot of LocalStack has answers without their requests',
    ],
  ])('%s, of which none can be played, is refused by name and with the reason', (name, content, message) => {
    const file = write(name, content);
    expect(() => readRecordings(file)).toThrow(`${file}: ${message}`);
  });

  it('are refused if there are none', () => {
    const missing = path.join(folder, 'missing');
    expect(() => readRecordings(missing)).toThrow(`${missing}: there is no such file or folder`);
    expect(() => readRecordings(folder)).toThrow(`${folder}: the folder has no file whose name ends with .json`);
  });
});
