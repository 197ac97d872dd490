import { describe, expect, it } from '@jest/globals';
import { Code, call, nameCall } from '../../src/text/calls';
import { copyReasons, keepReasons } from '../../src/text/kept-reasons';
import {
  clause,
  joinParts,
  joinSentences,
  messageOf,
  type Said,
  type Surface,
  say,
  tell,
  tellAll,
  write,
} from '../../src/text/reason';

const advance = nameCall('s3.clock.advance(...)');
const header = call('s3.mfa.header()', {});
const other: Surface = { call: ({ name }) => (name === 's3.mfa.header()' ? 'POST /code' : undefined) };

const sentences: readonly (readonly [said: Said, inTest: string, elsewhere: string])[] = [
  [
    say`no header${clause`; send MFA: ${header}`}`,
    'no header; send MFA: s3.mfa.header()',
    'no header; send MFA: POST /code',
  ],
  [
    say`it waits for the clock${clause`, which ${advance} moves`}`,
    'it waits for the clock, which s3.clock.advance moves',
    'it waits for the clock',
  ],
  [
    say`it is not copied${clause`; ${new Code('expect(a).toBe(b)')} says why`}`,
    'it is not copied; expect(a).toBe(b) says why',
    'it is not copied',
  ],
  // A sentence that is nothing but its call is for tests everywhere.
  [clause`Write ${advance}.`, 'Write s3.clock.advance.', 'Write s3.clock.advance.'],
  [say`${advance} moves it`, 's3.clock.advance moves it', 's3.clock.advance moves it'],
  [
    say`a.txt: ${say`no header${clause`; send MFA: ${header}`}`}`,
    'a.txt: no header; send MFA: s3.mfa.header()',
    'a.txt: no header; send MFA: POST /code',
  ],
  [
    joinSentences(say`is it ${header}?`, clause`${advance} moves it`),
    'is it s3.mfa.header()? s3.clock.advance moves it',
    'is it POST /code?',
  ],
  [
    joinSentences(clause`${advance} moves it`, say`send ${header}`),
    's3.clock.advance moves it; send s3.mfa.header()',
    'send POST /code',
  ],
  [
    joinParts(['There is none.', undefined, clause`Write ${header}.`], ' '),
    'There is none. Write s3.mfa.header().',
    'There is none. Write POST /code.',
  ],
];

describe('a sentence with calls', () => {
  it.each(sentences)('%s', (said, inTest, elsewhere) => {
    expect(String(said)).toBe(inTest);
    expect(JSON.stringify(said)).toBe(JSON.stringify(inTest));
    expect(write(said, other)).toBe(elsewhere);
  });

  it('is text if it names none', () => {
    expect([say`${1} of ${'two'}${undefined}`, clause`; it`, joinParts(['a', '', 'b'], ', ')]).toEqual([
      '1 of twoundefined',
      '; it',
      'a, b',
    ]);
  });
});

describe('the text of a member that is handed out', () => {
  const message = say`no header${clause`; send MFA: ${header}`}`;
  const entry = { why: String(message), notes: [String(message), 'it is'] };

  it('is written anew by a surface, for a copy too', () => {
    keepReasons(entry, { why: message, notes: [message, 'it is'] });
    const copy = { ...entry };
    expect(tell(copy, 'why', other)).toBe('no header; send MFA: s3.mfa.header()');
    copyReasons(entry, copy);
    expect(tell(copy, 'why', other)).toBe('no header; send MFA: POST /code');
    expect(tellAll(copy, 'notes', other)).toEqual(['no header; send MFA: POST /code', 'it is']);
  });

  it('is as it stands if nothing was kept', () => {
    expect(tell({ why: 'as it is' }, 'why', other)).toBe('as it is');
    expect(tell<'why'>({ why: undefined }, 'why', other)).toBeUndefined();
    expect(messageOf(new Error('as it is'))).toBe('as it is');
  });
});

it.each<{ first: string; joined: string }>`
  first                                | joined
  ${'there are no roles'}              | ${'there are no roles; the key is unknown'}
  ${'s3.account.role() makes one.'}    | ${'s3.account.role() makes one; the key is unknown'}
  ${'it is a. Did you mean b?'}        | ${'it is a. Did you mean b? The key is unknown'}
  ${'The date must be in the future!'} | ${'The date must be in the future! The key is unknown'}
`('a sentence goes on after: $first', ({ first, joined }) => {
  expect(joinSentences(first, 'the key is unknown')).toBe(joined);
});

it('a copy of what has reasons has them on every surface', () => {
  const note = say`no header${clause`; send MFA: ${header}`}`;
  const entry = keepReasons({ notes: [String(note)] }, { notes: [note] });
  const copy = { notes: [...entry.notes] };
  copyReasons(entry, copy);
  expect(tellAll(copy, 'notes', other)).toEqual(['no header; send MFA: POST /code']);
});
