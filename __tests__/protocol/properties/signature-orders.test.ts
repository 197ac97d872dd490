import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { signatureOrders } from '../../../src/protocol/request/orders';
import { refusals } from '../../../src/refusals/table';
import { presignV2, presignV4, signV2, signV4 } from '../../support/clients/signer';
import { textOf } from '../../support/documents';
import { formBody, formType, signedFields } from '../../support/forms';
import { checkRows } from '../../support/rows-of-table';
import { areAllRuns } from '../../support/runs';
import { send, type WireCall } from '../../support/wire-client';

const now = new Date();
const s3 = mockS3({ verifySignatures: true, buckets: { vault: { objects: { k: 'data' } } } });

/** What is signed. Without a fault the request is answered. */
interface Draft {
  readonly at: Date;
  readonly keys: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly token: string | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Sent, and not signed. */
  readonly unsigned: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly isRegionless: boolean;
  readonly scope: Scope;
  readonly lacksSignature: boolean;
  readonly blanks: string;
}

interface Scope {
  readonly key?: string;
  readonly date?: string;
  readonly region?: string;
  readonly service?: string;
  readonly terminal?: string;
  readonly more?: string;
}

type Fault = Partial<Draft> | (() => Partial<Draft>);

const role = () => s3.account.role('reader').session().credentials;
const user = () => s3.account.credentials;

const plain = (): Draft => ({
  at: now,
  keys: user(),
  token: undefined,
  headers: {},
  unsigned: {},
  query: {},
  isRegionless: false,
  scope: {},
  lacksSignature: false,
  blanks: ' ',
});

function made(faults: readonly Fault[]): Draft {
  const changes = faults.map((fault) => (typeof fault === 'function' ? fault() : fault));
  const merged = <Name extends 'headers' | 'unsigned' | 'query' | 'scope'>(name: Name): Draft[Name] =>
    Object.assign({}, ...changes.map((change) => change[name]));
  return {
    ...Object.assign(plain(), ...changes),
    headers: merged('headers'),
    unsigned: merged('unsigned'),
    query: merged('query'),
    scope: merged('scope'),
  };
}

const day = 86_400_000;
const longAgo = { at: new Date(now.getTime() - 30 * day) };
const dayBefore = new Date(now.getTime() - day).toISOString().slice(0, 10).replaceAll('-', '');
const ofCredential = {
  'the parts of the credential': { scope: { more: '/more' } },
  'an access key': { scope: { key: '' } },
  'the form of its date': { scope: { date: 'x' } },
  'its region': { scope: { region: 'eu-west-1' } },
  'its service': { scope: { service: 's4' } },
  'its terminal': { scope: { terminal: 'aws5_request' } },
  'its day': { scope: { date: dayBefore } },
  'all headers are signed': { unsigned: { 'x-amz-meta-a': '1' } },
};
const ofKey = {
  'the key': () => ({ keys: { ...user(), accessKeyId: 'AKIAUNKNOWN' } }),
  "a session's token": () => ({ keys: role(), token: 'none' }),
  'the signature': () => ({ keys: { ...user(), secretAccessKey: 'wrong' } }),
  'no token beside the key of a user': { token: 'none' },
};

type Faults<Family extends keyof typeof signatureOrders> = {
  readonly [Name in (typeof signatureOrders)[Family][number]['check']]: Fault;
};

const faults: { readonly [Family in keyof typeof signatureOrders]: Faults<Family> } = {
  headerV4: {
    'the form of the hash': { headers: { 'x-amz-content-sha256': 'bad' } },
    'a date': { headers: { 'x-amz-date': undefined } },
    'the date is near': longAgo,
    'the components': { lacksSignature: true },
    ...ofCredential,
    'the set of regions': { isRegionless: true },
    ...ofKey,
  },
  queryV4: {
    'the form of the date': { query: { 'X-Amz-Date': 'x' } },
    'the form of the duration': { query: { 'X-Amz-Expires': '-1' } },
    'the time of the URL': longAgo,
    ...ofCredential,
    'the set of regions': { isRegionless: true },
    ...ofKey,
  },
  headerV2: {
    'one space': { blanks: '  ' },
    'a date': { headers: { date: undefined } },
    'the date is near': longAgo,
    ...ofKey,
  },
  queryV2: {
    'the form of the end': { query: { Expires: 'x' } },
    'the end of the URL': longAgo,
    ...ofKey,
  },
  formV4: {
    'the form of its date': { scope: { date: 'x' } },
    'its region': { scope: { region: 'eu-west-1' } },
    'its service': { scope: { service: 's4' } },
    'its terminal': { scope: { terminal: 'aws5_request' } },
    ...ofKey,
  },
  formV2: ofKey,
};

const oneKey = 'a signature has one key';
const oneDate = 'a signature has one date';
const exceptions: readonly (readonly [first: string, second: string, why: string])[] = [
  ['an access key', 'the key', oneKey],
  ['an access key', "a session's token", oneKey],
  ['the key', "a session's token", oneKey],
  ["a session's token", 'no token beside the key of a user', oneKey],
  ['a date', 'the date is near', oneDate],
  ['the form of its date', 'its day', oneDate],
  ['the parts of the credential', 'the set of regions', 'a credential without a region has other words'],
  ['its region', 'the set of regions', 'a credential with a region has no set'],
];

function credentialOf(written: string, { scope, isRegionless }: Draft): string {
  const [key = '', date, region, service, terminal] = written.split('/');
  const parts = [
    scope.key ?? key,
    scope.date ?? date,
    ...(isRegionless ? [] : [scope.region ?? region]),
    scope.service ?? service,
    scope.terminal ?? terminal,
  ];
  return `${parts.join('/')}${scope.more ?? ''}`;
}

const host = 's3.amazonaws.com';
const target = { method: 'GET', host, path: '/vault/k', resource: '/vault/k' };
const tokenHeader = ({ token }: Draft) => (token === undefined ? {} : { 'x-amz-security-token': token });

function algorithmOf({ isRegionless }: Draft): string {
  return isRegionless ? 'AWS4-ECDSA-P256-SHA256' : 'AWS4-HMAC-SHA256';
}

const makers: { readonly [Family in keyof typeof signatureOrders]: (draft: Draft) => WireCall } = {
  headerV4(draft) {
    const {
      authorization = '',
      host: _host,
      ...sent
    } = signV4({ ...target, headers: tokenHeader(draft) }, { ...draft.keys, at: draft.at }).headers;
    const written = authorization
      .replace('AWS4-HMAC-SHA256', algorithmOf(draft))
      .replace(/(?<=Credential=)[^,]*/, (credential) => credentialOf(credential, draft))
      .replace(/(?<=Signature=).*/, (signature) => (draft.lacksSignature ? '' : signature));
    const headers = { ...sent, ...draft.headers, ...draft.unsigned, Authorization: written };
    return { path: target.path, headers };
  },
  queryV4(draft) {
    const url = presignV4({ ...target, headers: tokenHeader(draft) }, { ...draft.keys, at: draft.at });
    const query = new URLSearchParams(url.slice(url.indexOf('?')));
    query.set('X-Amz-Algorithm', algorithmOf(draft));
    query.set('X-Amz-Credential', credentialOf(query.get('X-Amz-Credential') ?? '', draft));
    for (const [name, value] of Object.entries(draft.query)) query.set(name, value);
    const headers = { ...tokenHeader(draft), ...draft.unsigned, Authorization: undefined };
    return { path: `${target.path}?${query}`, headers };
  },
  headerV2(draft) {
    const { authorization = '', ...sent } = signV2(
      { ...target, headers: tokenHeader(draft) },
      { ...draft.keys, at: draft.at },
    );
    const headers = { ...sent, ...draft.headers, Authorization: authorization.replace(' ', draft.blanks) };
    return { path: target.path, headers };
  },
  queryV2(draft) {
    const url = presignV2(target, { ...draft.keys, at: draft.at }, { own: tokenHeader(draft) });
    const query = new URLSearchParams(url.slice(url.indexOf('?')));
    for (const [name, value] of Object.entries(draft.query)) query.set(name, value);
    return { path: `${target.path}?${query}`, headers: { Authorization: undefined } };
  },
  formV4: (draft) => formOf(draft, 4),
  formV2: (draft) => formOf(draft, 2),
};

function formOf(draft: Draft, version: 4 | 2): WireCall {
  const fields = signedFields({ keys: { ...draft.keys, sessionToken: draft.token }, at: draft.at, version });
  const changed = fields.map(
    ([name, value]) => [name, name === 'x-amz-credential' ? credentialOf(value, draft) : value] as const,
  );
  const headers = { 'Content-Type': formType, Authorization: undefined };
  return { method: 'POST', path: '/vault', headers, body: formBody(changed) };
}

type Family = keyof typeof signatureOrders;

async function askWith(family: Family, ...given: readonly Fault[]): Promise<string> {
  const answer = await send({ host, ...makers[family](made(given)) });
  return `${answer.status} ${textOf('Code', answer) ?? ''} ${textOf('Message', answer) ?? ''}`.trim();
}

const families = (Object.keys(signatureOrders) as Family[]).map((family) => {
  const ways: Readonly<Record<string, Fault>> = faults[family];
  return { family, rows: signatureOrders[family].map((row) => ({ ...row, fault: ways[row.check] ?? {} })) };
});
type Row = (typeof families)[number]['rows'][number];

function pairsOf(rows: readonly Row[]) {
  return rows.flatMap((first, index) =>
    rows.slice(index + 1).flatMap((second) => {
      const isOdd = exceptions.some(([one, other]) => one === first.check && other === second.check);
      return isOdd ? [] : [[first.check, second.check, first.fault, second.fault] as const];
    }),
  );
}

/** `npm test` tries each fault before the next one, from which the order of the others follows. */
function pairsOfRun(rows: readonly Row[], earlier: string) {
  const pairs = pairsOf(rows).filter(([first]) => first === earlier);
  return areAllRuns ? pairs : pairs.slice(0, 1);
}

// docs/decisions/0071-orders-are-data.md. F141, F1657
describe.each(families)('$family', ({ family, rows }) => {
  it('has no fault to find in a request without one', async () => {
    expect(await askWith(family)).toMatch(/^20[04]$/);
  });

  it.each(rows.map(({ check, refusals: names, fault }) => [check, names, fault] as const))(
    '%s is refused with a refusal of its row',
    async (_check, names, fault) => {
      const codes = names.map((name) => refusals[name].code);
      expect(await askWith(family, fault)).toMatch(new RegExp(`^\\d+ (?:${codes.join('|')})\\b`));
    },
  );

  // The second fault is made first, so that it is the first one that counts where both set the same.
  it.each([...new Set(pairsOf(rows).map(([first]) => first))])('is refused for %s before later faults', (earlier) =>
    checkRows({
      rows: pairsOfRun(rows, earlier),
      nameOf: ([first, second]) => `${first} comes before ${second}`,
      check: async ([, , first, second]) => {
        expect(await askWith(family, second, first)).toBe(await askWith(family, first));
        expect(await askWith(family, second)).not.toBe(await askWith(family, first));
      },
    }),
  );
});
