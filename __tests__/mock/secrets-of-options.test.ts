import { inspect } from 'node:util';
import { expect, it } from '@jest/globals';
import { mockS3 } from '../../src';
import { readArguments } from '../../src/cli/arguments';

const secret = 'TOPSECRET1xyz';
const withUser = `https://ann:${secret}@example.org`;

/** What a test wrote in a wrong place or in a wrong form. Their types would refuse them. */
const options: Readonly<Record<string, object>> = {
  'credentials that are text': { credentials: secret },
  'credentials that are a list': { credentials: ['AKID', secret] },
  'credentials of the mock': { credentials: { accessKeyId: 'AKID', secretAccessKey: secret } },
  'credentials with a misspelt member': { credentials: { accessKeyId: 'AKID', secret } },
  'credentials with a list': { credentials: { accessKeyId: 'AKID', secretAccessKey: [secret] } },
  'credentials within credentials': { credentials: { accessKeyId: 'AKID', secretAccessKey: { value: secret } } },
  'credentials in a list': { credentials: [{ accessKeyId: 'AKID', secretAccessKey: secret }] },
  'credentials in a Map': { credentials: new Map([['AKID', secret]]) },
  'credentials in a Set': { credentials: new Set([secret]) },
  'credentials that are bytes': { credentials: Buffer.from(secret) },
  'credentials that are an Error': { credentials: new Error(secret) },
  'credentials that are promised': { credentials: Promise.resolve({ secretAccessKey: secret }) },
  'credentials of a String': { credentials: { accessKeyId: 'AKID', secretAccessKey: new String(secret) } },
  'a secret without credentials': { secretAccessKey: secret },
  'a token without credentials': { sessionToken: secret },
  'accounts with a list of keys': { accounts: { partner: { credentials: ['AKID', secret] } } },
  'accounts in a list': { accounts: [{ name: 'partner', credentials: { secretAccessKey: secret } }] },
  'a user with credentials': { users: { ann: { credentials: secret } } },
  'a host that is an address': { hosts: [withUser] },
  'a region that is an address': { region: withUser },
  'a host of the door that is an address': { door: { hosts: [withUser] } },
  'an object with a key of its own': { buckets: { vault: { objects: { a: { body: 'x', SSECustomerKey: secret } } } } },
  'a client': { config: { credentials: { secretAccessKey: secret } } },
};

type Call = (...given: unknown[]) => unknown;
const calls: Readonly<Record<string, readonly [name: 'createAccount' | 'session' | 'listen', ...given: unknown[]]>> = {
  'createAccount of credentials that are text': ['createAccount', 'partner', { credentials: secret }],
  'createAccount of credentials that are a list': ['createAccount', 'partner', { credentials: ['AKID', secret] }],
  'createAccount without a name': ['createAccount', { name: 'partner', credentials: { secretAccessKey: secret } }],
  'session of a secret': ['session', { secretAccessKey: secret }],
  'session of a token': ['session', { sessionToken: secret }],
  'listen at an address with a password': ['listen', { hostname: withUser, port: -1 }],
  'listen with credentials': ['listen', { credentials: { secretAccessKey: secret } }],
};

const flags: Readonly<Record<string, readonly string[]>> = {
  '--users of text': ['--users', `ann:${secret}`],
  '--users of JSON that was cut': ['--users', `{"ann":{"password":"${secret}`],
  '--mfa of text': ['--mfa', secret],
  '--host of an address': ['--address', withUser, '--port', withUser],
};

async function thrownBy(act: () => unknown): Promise<unknown> {
  try {
    await act();
  } catch (error) {
    return error;
  }
  return undefined;
}

function textOf(error: unknown): string {
  expect(error).toBeInstanceOf(Error);
  return `${inspect(error, { depth: 9, showHidden: true })}\n${JSON.stringify(error)}`;
}

it.each(Object.keys(options))('the TypeError about %s has no secret', async (name) => {
  const error = await thrownBy(() => mockS3(options[name] as never)); // a type would refuse it
  expect(error).toBeInstanceOf(TypeError);
  expect(textOf(error)).not.toContain(secret);
});

it.each(Object.keys(calls))('the TypeError of %s has no secret', async (name) => {
  const s3 = mockS3({ users: { ann: {} } });
  try {
    const [method = 'session', ...given] = calls[name] ?? [];
    const { account } = s3;
    const holder: object = [s3, account, account.user('ann')].find((one) => method in one) ?? s3;
    const act = Reflect.get(holder, method) as Call; // one of its methods
    const error = await thrownBy(() => act.apply(holder, given));
    expect(error).toBeInstanceOf(TypeError);
    expect(textOf(error)).not.toContain(secret);
  } finally {
    await s3.stop();
  }
});

it.each(Object.keys(flags))('the error about %s has no secret', async (name) => {
  expect(textOf(await thrownBy(() => readArguments(flags[name] ?? [])))).not.toContain(secret);
});
