import { types } from 'node:util';
import { DeleteObjectsCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock';

/**
 * Every object that a mock hands out, found by walking it: a new method has to be called here, or be in `leftOut`, and what it returns is a
 * handle, a plain frozen object, or in `open`.
 */
const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } as const;
const queue = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const expiration = { Rules: [{ Status: 'Enabled', Filter: {}, Expiration: { Days: 30 } }] } as const;
const replication = {
  Role: 'arn:aws:iam::000000000000:role/replication',
  Rules: [
    {
      Status: 'Enabled',
      Priority: 1,
      Filter: {},
      DeleteMarkerReplication: { Status: 'Disabled' },
      Destination: { Bucket: 'arn:aws:s3:::copies' },
    },
  ],
} as const;
const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  replicationDelay: { hours: 1 },
  users: { writer: { policy } },
  roles: { deployer: {} },
  buckets: {
    copies: { versioning: 'Enabled' },
    vault: {
      versioning: 'Enabled',
      objectLock: true,
      lifecycle: expiration,
      replication,
      accessPoints: { reports: {} },
      notification: { QueueConfigurations: [{ QueueArn: queue, Events: ['s3:ObjectCreated:*'] }] },
      objects: {
        a: [
          { body: 'first', retention: { Mode: 'GOVERNANCE', RetainUntilDate: '2026-04-01T00:00:00Z' } },
          {
            body: 'second',
            storageClass: 'GLACIER',
            restore: { Days: 3, Tier: 'Bulk', requested: '2026-02-28T00:00:00Z' },
          },
        ],
      },
    },
  },
});

const may = ['s3:GetObject', 'vault/a'];
/** The arguments of each method, by the path of its object. What a method throws or changes is the subject of other tests. */
const calls: Readonly<Record<string, readonly unknown[]>> = {
  's3.bucket': ['vault'],
  's3.createAccount': ['partner'],
  's3.createBucket': ['other', {}],
  's3.createMfaDevice': [{ serial: 'GAHT12345678' }],
  's3.listen': [],
  's3.on': ['PutObject'],
  's3.outage': [{ region: 'eu-west-1' }],
  's3.snapshot': [],
  's3.unusedRules': [],
  's3.lifecycle.plan': [],
  's3.replication.plan': [],
  's3.requests.at': [0],
  's3.requests.filter': [() => true],
  's3.requests.find': [() => true],
  's3.requests.findLast': [() => true],
  's3.requests.last': [],
  's3.requests.of': ['PutObject'],
  's3.requests.slice': [],
  's3.requests.waitFor': ['PutObject'],
  's3.events.at': [0],
  's3.events.filter': [() => true],
  's3.events.find': [() => true],
  's3.events.findLast': [() => true],
  's3.events.last': [],
  's3.events.of': ['ObjectCreated:*'],
  's3.events.slice': [],
  's3.events.waitFor': ['ObjectCreated:*'],
  's3.account.may': may,
  's3.account.role': ['deployer'],
  's3.account.session': [],
  's3.account.user': ['writer'],
  's3.account.role().may': may,
  's3.account.role().session': [],
  's3.account.user().may': may,
  's3.account.user().session': [],
  's3.account.session().may': may,
  's3.account.role().session().may': may,
  's3.account.user().session().may': may,
  's3.bucket().current': ['a'],
  's3.bucket().delete': ['gone'],
  's3.bucket().newest': ['a'],
  's3.bucket().object': ['a'],
  's3.bucket().oldest': ['a'],
  's3.bucket().put': ['b', 'x'],
  's3.bucket().usage': [{ delimiter: '/', at: { days: 1 } }],
  's3.bucket().versions': [],
};

/** Methods that return nothing, text, an array of what a test made, what a function of the test returns, or what is JSON. */
const leftOut = new RegExp(
  [
    /\.(?:toJSON|toString|\w+Tokens?|set|advance|now|map|some|every|forEach|clear|explain|expect\w*|settled|refuse)$/,
    /^s3\.(?:actAs|answers|deliverTo|explore|fork|reset|restore|stop|createAccount.*|createBucket.*|buckets.*|accounts.*)$/,
    /^s3\.(?:mfa|createMfaDevice\(\)|account\.mfa|account\.user\(\)\.mfa)\./,
    // Steps return the rule itself.
    /^s3\.(?:on|outage)\(\)\./,
    /\.(?:revokeSessions|event|close|text)$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/** What has the names of its user, or those of S3 and AWS, for the code under test too: a name that is not there is undefined. */
const open = new RegExp(
  [
    // SDKs write into it.
    /\.(?:credentials|\$source)$/,
    // What S3 sends.
    /\.(?:record|document)$/,
    // Names of users.
    /\.(?:metadata|headers|tags|annotations|objects|storageClasses|prefixes|accessPoints)$/,
    // Configurations, as S3 has them.
    /\.(?:lifecycle|replication|notification|policy|trust|acl|publicAccessBlock|ownershipControls|encryption|objectLock)$/,
    // Only `restore` reads it.
    /^s3\.snapshot\(\)\.store$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);
/** What a test acts on. Everything else is data. */
const handles = new RegExp(
  [
    /^s3(?:\.(?:clock|iam|kmsKeys|mfa|lifecycle|replication|account|requests|requests\.serviceActions|events))?$/,
    /^s3\.(?:bucket|createBucket|createAccount|createMfaDevice|on|outage|listen)\(\)$/,
    /^s3\.(?:buckets|accounts)\[\]$/,
    /\.(?:mfa|object\(\)|user\(\)|role\(\)|session\(\))$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);
const walkedAllTheSame = /^s3\.(?:lifecycle|replication)$|versions\(\)\[\]\.encryption$/;
/** Records by names, with data in them. */
const walked = /\.(?:storageClasses|prefixes|accessPoints)$/;

/** No message suggests them, and no test calls them. Some of these names are public ones of other objects. */
const internal = new RegExp(
  [
    /\.(?:constructor|__\w+|\d+|checkPresent)$/,
    /^s3\.(?:requests|events)\.(?:append\w*|actions|makeFilter|known|elsewhere|remarks|written|reader|readFrom|tell|writeLost|writeRemembered|wasCleared|countBefore|label|feed|add)$/,
    /^s3\.(?:requests|events)\.(?:removeAll|tellWaits|endWaits|isAwaited|limit|wait|context|endTest|isOfEarlierCall|noteEarlierCall|noteOwnReset|isAfterOthers|ofWorlds|explainBy|followWork|handleReads)$/,
    /^s3\.(?:bucket\(\)|createBucket\(\)|buckets\[\])\.(?:requests|events|now|replicationOf|whyNotArrived|whyKept|whyUnmoved|nearKey|versioningHistory|rows|ends)$/,
    /^s3\.(?:on|outage)\(\)\.(?:wasMet|isInForce|text|label|operation|input|noun|present|isOver|hasStep|fixture|keep|finish|add)$/,
    /^s3\.(?:on|outage)\(\)\.(?:copy|copyFrom|meet|strikes|count|note|removeBy|requestIds|take\w*|whyUnmet|endless)$/,
    /^s3\.outage\(\)\.remove$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

const found = new Map<string, object>();
const unknownMethods: string[] = [];

function namesOf(value: object): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at = value; at !== null && Object.getPrototypeOf(at) !== null; at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  return names;
}

async function walk(path: string, given: unknown): Promise<void> {
  const value = types.isPromise(given) ? await given : given;
  if (typeof value !== 'object' || value === null || found.has(path)) return;
  if (types.isDate(value) || types.isUint8Array(value)) return;
  if (Array.isArray(value)) {
    for (const item of value) await walk(`${path}[]`, item);
    return;
  }
  if (open.test(path) && !walkedAllTheSame.test(path)) {
    if (walked.test(path)) for (const item of Object.values(value)) await walk(`${path}{}`, item);
    return;
  }
  const isWalked = [...found.values()].includes(value);
  found.set(path, value);
  if (isWalked) return;
  if (path === 's3.requests' || path === 's3.events') await walk(`${path}[]`, Reflect.get(value, '0'));
  for (const name of namesOf(value))
    if (!internal.test(`${path}.${name}`)) await walkMember(`${path}.${name}`, value, name);
}

async function walkMember(path: string, holder: object, name: string): Promise<void> {
  const member: unknown = Reflect.get(holder, name);
  if (typeof member !== 'function') return walk(path, member);
  const given = calls[path];
  if (given !== undefined) return walk(`${path}()`, await Reflect.apply(member, holder, given));
  if (!leftOut.test(path)) unknownMethods.push(path);
}

/** Names of other objects, which runners ask for when they compare a handle with such an object. */
const foreign = [
  ...['Name', 'Key', 'VersionId', 'Versions', 'Requests', 'statusCode', 'ETag', 'IsLatest', 'nonsense', 'foo', 'x'],
  ...['undefined', 'toBeThere', 'getItem', '_private', 'Bucketname', '7', 'isMock', '__esModule', 'message'],
];

/** Several paths lead to the same object. */
const listHandles = () => [
  ...new Map([...found].filter(([path]) => handles.test(path)).map(([path, one]) => [one, path])),
];
const listData = () => [...found].filter(([path]) => !handles.test(path));

function read(object: object, name: string): unknown {
  try {
    return { isUndefined: Reflect.get(object, name) === undefined };
  } catch (error) {
    return error;
  }
}

beforeAll(async () => {
  const client = new S3Client({ region: 'us-east-1', credentials: s3.account.credentials });
  await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'a', Body: 'third' }));
  await client.send(new GetObjectCommand({ Bucket: 'vault', Key: 'missing' })).catch(() => undefined);
  s3.on('DeleteObjects').failEntries({ Key: 'a' }, 'AccessDenied');
  await client.send(new DeleteObjectsCommand({ Bucket: 'vault', Delete: { Objects: [{ Key: 'a' }] } }));
  s3.clock.advance({ hours: 2 });
  await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'b', Body: 'fourth' }));
  await walk('s3', s3);
  for (const version of s3.bucket('vault').versions())
    await walk(`s3.bucket().versions()[${version.key} ${version.versionId === 'null' ? '' : version.size}]`, version);
});
// The walk makes rules without a step.
afterAll(() => s3.stop().catch(() => {}));

describe('what a mock hands out', () => {
  it('is found by calling all its methods', () => {
    expect(unknownMethods).toEqual([]);
    expect(Object.keys(calls).filter((path) => !found.has(`${path}()`) && !isList(path))).toEqual([]);
  });

  const isList = (path: string) =>
    [...found.keys()].some((one) => one.startsWith(`${path}()[]`)) || /unusedRules|plan$/.test(path);

  it('has these objects', () => {
    const kinds = [...found.keys()].filter((path) => !/\(\)\[\w+ |requests\[\w+ /.test(path));
    expect(kinds).toEqual(
      expect.arrayContaining([
        ...['s3', 's3.clock', 's3.iam', 's3.kmsKeys', 's3.mfa', 's3.lifecycle', 's3.replication', 's3.account'],
        ...['s3.requests', 's3.requests.serviceActions[]'],
        ...['s3.events', 's3.events[]', 's3.lifecycle.plan()[]', 's3.replication.plan()[]', 's3.unusedRules()[]'],
        ...['s3.on()', 's3.outage()', 's3.listen()', 's3.snapshot()', 's3.account.may()', 's3.account.user()'],
        ...['s3.account.role()', 's3.account.session()', 's3.account.user().mfa', 's3.account.user().session()'],
        ...['s3.bucket()', 's3.bucket().object()', 's3.bucket().versions()[]', 's3.bucket().usage()'],
        ...['s3.bucket().usage().versions', 's3.bucket().usage().before', 's3.bucket().usage().uploads'],
        ...['s3.bucket().usage().storageClasses{}', 's3.bucket().accessPoints{}', 's3.bucket().delete()'],
      ]),
    );
    expect([...found.keys()]).toContain('s3.bucket().oldest().retention');
  });

  it('reads undefined for a name that means nothing', () => {
    const thrown = listHandles().flatMap(([handle, path]) =>
      foreign
        .map((name) => ({ at: `${path}.${name}`, name, result: read(handle, name) }))
        .filter(({ name, result }) => !(name in handle) && !isUndefined(result)),
    );
    expect(thrown).toEqual([]);
  });

  it('throws for a member with a letter less or more, and names the member', () => {
    const wrong: string[] = [];
    for (const [handle, path] of listHandles()) {
      for (const name of longNamesOf(handle, path)) {
        for (const misspelt of [`${name.slice(0, 2)}${name.slice(3)}`, `${name}q`]) {
          const error = read(handle, misspelt);
          if (!(error instanceof TypeError && error.message.includes(`Did you mean ${name}?`)))
            wrong.push(`${path}.${misspelt}: ${error instanceof Error ? error.message : JSON.stringify(error)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('reads undefined for a member in another case', () => {
    const thrown = listHandles().flatMap(([handle, path]) =>
      longNamesOf(handle, path)
        .flatMap((name) => [name.toUpperCase(), `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`])
        .map((name) => ({ at: `${path}.${name}`, name, result: read(handle, name) }))
        .filter(({ name, result }) => !(name in handle) && !isUndefined(result)),
    );
    expect(thrown).toEqual([]);
  });

  it('is a frozen plain object if it is data', () => {
    const others = listData().filter(
      ([, data]) => Object.getPrototypeOf(data) !== Object.prototype || !Object.isFrozen(data),
    );
    expect(others.map(([path]) => path)).toEqual([]);
    expect(listData().length).toBeGreaterThan(20);
  });
});

function longNamesOf(handle: object, path: string): readonly string[] {
  return [...namesOf(handle)].filter((name) => name.length > 4 && !internal.test(`${path}.${name}`)).slice(0, 8);
}

function isUndefined(result: unknown): boolean {
  return !(result instanceof Error) && Reflect.get(Object(result), 'isUndefined') === true;
}
