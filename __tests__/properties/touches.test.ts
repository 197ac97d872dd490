import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Account } from '../../src/model/identity/account';
import { settle } from '../../src/model/schedule/settle';
import { commute, type Touch } from '../../src/model/touches';
import { versionIdOf } from '../../src/model/versions/version-lookup';
import { newest } from '../../src/model/versions/version-stacks';
import type { AnsweredStore, DirectCall } from '../support/answered-store';
import { histories, makeCall, makeHistory, type NamedCall, pairs } from '../support/pairs-of-calls';
import { runs } from '../support/runs';

interface Applied {
  readonly answer: string;
  readonly touches: readonly Touch[];
}

/** What is known before the two requests. What they make has ids and numbers that depend on their order. */
interface Known {
  readonly texts: ReadonlySet<string>;
  readonly sequence: number;
}

function apply(answered: AnsweredStore, call: DirectCall, known: Known): Applied {
  const touches: Touch[] = [];
  const end = answered.store.observe((touch) => touches.push(touch));
  const { status, headers, body } = answered.ask(call);
  settle(answered.store);
  end();
  const told = headers.filter(([name]) => !/^(?:x-amz-request-id|x-amz-id-2|date)$/.test(name));
  const text = body instanceof Uint8Array ? Buffer.from(body).toString() : String(body);
  return { answer: maskIds(JSON.stringify({ status, told, text }), known), touches };
}

function maskIds(text: string, { texts }: Known): string {
  return text
    .replace(/<(RequestId|HostId)>[^<]*/g, '<$1>')
    .replace(/-[a-z0-9]{34}-s3alias/g, (found) => (texts.has(found) ? found : '-new-s3alias'))
    .replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, (found) => (texts.has(found) ? found : 'new'))
    .replace(/[\w.]{32,}/g, (found) => (/^[0-9a-f]{32}$/.test(found) || texts.has(found) ? found : 'new'));
}

function listKnown({ store }: AnsweredStore): Known {
  const texts = [...store.buckets.values()].flatMap(({ versions, uploads, settings }) => [
    ...[...versions.from({ sortKey: '', sequence: newest })].map((version) => versionIdOf(store, version)),
    ...uploads.keys(),
    ...(settings.accessPoints ?? []).map(({ alias }) => alias.slice(-43)),
  ]);
  return { texts: new Set([...texts, store.defaultAccount.canonicalId]), sequence: store.sequence };
}

/** Writes the picture. It leaves out the order in which things were made, where no answer shows it. */
function draw(answered: AnsweredStore, known: Known): string {
  return write(answered.picture(), '', known);
}

const numbers = ['sequence', 'currentAtBegin'];
/** Their order is that of their making. */
const unordered = ['buckets', 'uploads', 'tasks', 'open', 'explicit', 'byKey'];

function write(value: unknown, name: string, known: Known): string {
  // No id is shorter.
  if (typeof value === 'string') return value.length < 32 ? value : maskIds(value, known);
  if (typeof value === 'number') return numbers.includes(name) && value >= known.sequence ? 'new' : String(value);
  if (typeof value !== 'object' || value === null) return String(value);
  // The first enabling notes the number of the next write.
  if (name === 'firstEnabled' || name === 'mfa') return name;
  if (value instanceof Account) return value.id;
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (Array.isArray(value) || value instanceof Map) {
    const texts = Array.from(value as Iterable<unknown>, (one) => write(one, '', known));
    return `[${unordered.includes(name) || value instanceof Map ? texts.toSorted() : texts}]`;
  }
  return `{${Object.entries(value).map(([member, one]) => `${member}:${write(one, member, known)}`)}}`;
}

interface Outcome {
  readonly answers: readonly string[];
  readonly picture: string;
  /** After everything that was due later. */
  readonly later: string;
}

function applyBoth(answered: AnsweredStore, calls: readonly DirectCall[], known: Known) {
  const applied = calls.map((call) => apply(answered, call, known));
  const picture = draw(answered, known);
  answered.store.clock.advance({ days: 3 });
  settle(answered.store);
  const later = draw(answered, known);
  return { applied, outcome: { answers: applied.map(({ answer }) => answer), picture, later } satisfies Outcome };
}

interface Compared {
  readonly commute: boolean;
  readonly isSame: boolean;
  readonly tell: () => string;
}

function compare(answered: AnsweredStore, pair: readonly [NamedCall, NamedCall]): Compared {
  const [first, second] = [makeCall(answered.store, pair[0]), makeCall(answered.store, pair[1])];
  const before = answered.snapshot();
  const known = listKnown(answered);
  const { applied, outcome } = applyBoth(answered, [first, second], known);
  answered.store.restore(before);
  const { outcome: reversed } = applyBoth(answered, [second, first], known);
  answered.store.restore(before);
  const other = { ...reversed, answers: reversed.answers.toReversed() };
  const [one, two] = [JSON.stringify(outcome), JSON.stringify(other)];
  return {
    commute: commute(applied[0]?.touches ?? [], applied[1]?.touches ?? []),
    isSame: one === two,
    tell: () => [...pair.map((call) => JSON.stringify(call)), ...excerpts(one, two)].join('\n'),
  };
}

/** The first place at which two long texts differ. */
function excerpts(one: string, other: string): readonly string[] {
  const at = [...one].findIndex((unit, index) => unit !== other[index]);
  return [one, other].map((text) => text.slice(Math.max(0, at - 300), at + 200));
}

describe('two requests that commute by what they touched', () => {
  it.each([0, 3_600_000])('have the same answers and effects in both orders, if replicas take %d ms', (delay) => {
    let commuting = 0;
    let all = 0;
    const property = fc.property(histories, fc.array(pairs, { minLength: 8, maxLength: 8 }), (history, tried) => {
      const answered = makeHistory(history, delay);
      // What is due by now belongs to neither request, and would happen with whichever comes first.
      settle(answered.store);
      for (const pair of tried) {
        const compared = compare(answered, pair);
        all += 1;
        if (!compared.commute) continue;
        commuting += 1;
        if (!compared.isSame) throw new Error(`these do not commute:\n${compared.tell()}`);
      }
      expect(answered.bugs).toEqual([]);
    });
    fc.assert(property, runs(60));
    expect(commuting / all).toBeGreaterThan(0.25);
  });
});
