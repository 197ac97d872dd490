import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  bucketStatement,
  type Policies,
  policies,
  type Request,
  requests,
  requestValues,
  userStatement,
} from '../support/access-policies';
import { AccessScene, type CallerName, callerNames, type Statement } from '../support/access-scene';
import { isNaivelyAllowed } from '../support/naive-access';
import { naiveQuestionOf } from '../support/naive-callers';
import { runs } from '../support/runs';

const ofLaws = runs(250);
const kinds = ['identity', 'session', 'bucket'] as const;
const kind = fc.constantFrom(...kinds);
const place = fc.nat({ max: 5 });

type Values = Readonly<Record<string, readonly string[] | undefined>>;

interface Case {
  readonly policies: Policies;
  readonly request: Request;
  readonly values: Values;
}

const cases: fc.Arbitrary<Case> = fc.record({ policies, request: requests, values: requestValues });

function allowedIn({ policies: given, request, values }: Case): readonly CallerName[] {
  const scene = new AccessScene(given);
  return callerNames.filter((name) => scene.decide(name, { ...request, conditions: values }).allowed);
}

function changed(
  one: Case,
  of: keyof Policies,
  change: (statements: readonly Statement[]) => readonly Statement[],
): Case {
  return { ...one, policies: { ...one.policies, [of]: change(one.policies[of] ?? []) } };
}

const inserted = (statement: Statement, at: number) => (statements: readonly Statement[]) =>
  statements.toSpliced(at % (statements.length + 1), 0, statement);

/** A policy that is new limits a caller by being there, so statements are added to policies that the case has. */
const has = (one: Case, of: keyof Policies) => one.policies[of] !== undefined;

const everything = (of: keyof Policies, Effect: string): Statement => ({
  Effect,
  Action: 's3:*',
  Resource: ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'],
  ...(of === 'bucket' && { Principal: '*' }),
});

describe('access', () => {
  it('is decided as by a naive reading of the policies', () => {
    const met = { allowed: 0, denied: 0 };
    const tried = runs(700);
    void fc.assert(
      fc.property(cases, fc.array(requests, { minLength: 3, maxLength: 3 }), (one, asked) => {
        const scene = new AccessScene(one.policies);
        for (const request of asked) {
          const allowed = callerNames.filter(
            (name) => scene.decide(name, { ...request, conditions: one.values }).allowed,
          );
          const naive = callerNames.filter((name) =>
            isNaivelyAllowed(naiveQuestionOf(scene, name, { ...one, request })),
          );
          met.allowed += allowed.length;
          met.denied += callerNames.length - allowed.length;
          expect({ request, allowed }).toEqual({ request, allowed: naive });
        }
      }),
      tried,
    );
    expect(met.allowed).toBeGreaterThan(2.8 * tried.numRuns);
    expect(met.denied).toBeGreaterThan(2.8 * tried.numRuns);
  });
});

describe('laws of access', () => {
  it('a Deny that is added never allows', () => {
    const added = fc.tuple(userStatement, bucketStatement, kind, place);
    void fc.assert(
      fc.property(cases, added, (one, [ofUser, ofBucket, of, at]) => {
        fc.pre(has(one, of));
        const deny = { ...(of === 'bucket' ? ofBucket : ofUser), Effect: 'Deny' };
        expectAmong(allowedIn(changed(one, of, inserted(deny, at))), allowedIn(one));
      }),
      ofLaws,
    );
  });

  it('an Allow that is removed never allows', () => {
    void fc.assert(
      fc.property(cases, kind, place, (one, of, at) => {
        const allows = (one.policies[of] ?? []).filter(({ Effect }) => Effect === 'Allow');
        const removed = allows[at % Math.max(allows.length, 1)];
        fc.pre(removed !== undefined);
        const rest = changed(one, of, (statements) => statements.filter((statement) => statement !== removed));
        // A bucket policy has a statement at least; without any, there is no policy.
        const without = rest.policies[of]?.length === 0 && of === 'bucket' ? withoutBucketPolicy(rest) : rest;
        expectAmong(allowedIn(without), allowedIn(one));
      }),
      ofLaws,
    );
  });

  it('the order of statements changes nothing', () => {
    void fc.assert(
      fc.property(cases, kind, place, (one, of, by) => {
        const rotated = changed(one, of, (statements) =>
          [...statements.slice(by), ...statements.slice(0, by)].toReversed(),
        );
        fc.pre(has(one, of));
        expect(allowedIn(rotated)).toEqual(allowedIn(one));
      }),
      ofLaws,
    );
  });

  it('an Allow of everything allows all that its instances allow', () => {
    void fc.assert(
      fc.property(cases, kind, place, (one, of, at) => {
        const statements = one.policies[of] ?? [];
        const narrow = statements[at % Math.max(statements.length, 1)];
        fc.pre(narrow?.['Effect'] === 'Allow');
        const { Condition } = narrow;
        const wide = {
          ...everything(of, 'Allow'),
          ...(of === 'bucket' && { Principal: narrow['Principal'] }),
          ...(Condition !== undefined && { Condition }),
        };
        const widened = changed(one, of, (all) => all.map((statement) => (statement === narrow ? wide : statement)));
        expectAmong(allowedIn(one), allowedIn(widened));
      }),
      ofLaws,
    );
  });

  it('a Deny of everything denies everything, except for the root user who mends the policy', () => {
    void fc.assert(
      fc.property(cases, kind, place, (one, of, at) => {
        fc.pre(has(one, of));
        const isMending = of === 'bucket' && one.request.action === 's3:GetBucketPolicy';
        const spared = (name: CallerName) => !isLimitedBy(of, name) || (isMending && /root$/.test(name));
        const denied = changed(one, of, inserted(everything(of, 'Deny'), at));
        expect(allowedIn(denied)).toEqual(allowedIn(one).filter(spared));
      }),
      ofLaws,
    );
  });

  it('a statement about something else changes nothing', () => {
    void fc.assert(
      fc.property(cases, kind, place, fc.constantFrom('Allow', 'Deny'), (one, of, at, Effect) => {
        fc.pre(has(one, of));
        const { Principal } = { Principal: undefined, ...everything(of, Effect) };
        const other = {
          Effect,
          ...(of === 'bucket' && { Principal }),
          Action: 's3:PutBucketCORS',
          Resource: 'arn:aws:s3:::vault',
        };
        expect(allowedIn(changed(one, of, inserted(other, at)))).toEqual(allowedIn(one));
      }),
      ofLaws,
    );
  });
});

function expectAmong(names: readonly CallerName[], others: readonly CallerName[]): void {
  expect(names.filter((name) => !others.includes(name))).toEqual([]);
}

function isLimitedBy(of: keyof Policies, caller: CallerName): boolean {
  if (of === 'session') return caller.startsWith('session');
  return of === 'bucket' || !/anonymous|root$|partner/.test(caller);
}

function withoutBucketPolicy(one: Case): Case {
  return { ...one, policies: { ...one.policies, bucket: undefined } };
}
