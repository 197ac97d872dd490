import { type MockS3, mockS3 } from '../../src';
import type { DialectName } from '../../src/wire';
import type { Outcome } from './connection';
import type { bucketNames, SeenIds } from './names';
import { bucketPolicyOf, managedPolicyOf, userPolicyOf } from './policies';
import type { Random } from './random';

export interface World {
  readonly s3: MockS3;
  readonly port: number;
  readonly seen: SeenIds;
  readonly dialect: DialectName;
  readonly learn: (outcome: Outcome) => void;
  /** Stops the mock; throws the bugs that it met. */
  readonly close: () => Promise<void>;
}

export async function openWorld(random: Random): Promise<World> {
  const dialect = random.pick<DialectName>(['aws', 'ibm-cos']);
  const s3 = mockS3({
    dialect,
    buckets: bucketsOf(),
    verifySignatures: random.below(4) === 0,
    sseC: random.pick(['blocked', 'allowed', 'allowed']),
    kmsKeys: { 'alias/off': 'disabled' },
    credentials: false,
    seed: 'fuzz',
    now: '2026-01-15T10:30:00Z',
    journal: { limit: 200 },
  });
  const listener = await s3.listen();
  const credentials = callersOf(random, s3).map((caller) => caller.credentials);
  if (dialect === 'aws') for (const name of ['vault', 'plain'] as const) letIn(random, s3, name);
  const seen: SeenIds = { credentials, versions: [], uploads: [] };
  return {
    s3,
    port: listener.port,
    seen,
    dialect,
    learn({ answers }) {
      for (const { headers, body } of answers) {
        const version = headers.get('x-amz-version-id');
        if (version !== undefined) seen.versions.push(version);
        const upload = /<UploadId>([^<]+)<\/UploadId>/.exec(body.toString('latin1', 0, 2000))?.[1];
        if (upload !== undefined) seen.uploads.push(upload);
      }
    },
    close: () => s3.stop(),
  };
}

function callersOf(random: Random, s3: MockS3) {
  const partner = s3.createAccount('other');
  const writer = s3.account.user('writer', { policy: userPolicyOf(random) });
  const deployer = s3.account.role('deployer', { policy: userPolicyOf(random) });
  return [
    s3.account,
    s3.account.user('reader', {}),
    writer,
    writer.session({ mfa: true }),
    s3.account.session({ policy: userPolicyOf(random) }),
    s3.account.role('admin', {}).session(),
    deployer.session({ name: 'build', policy: userPolicyOf(random) }),
    deployer.session({ name: 'brief', expiresIn: { minutes: random.between(1, 60) } }),
    partner.role('visitor', { policy: userPolicyOf(random) }).session(),
    s3.account.user('auditor', { policy: userPolicyOf(random), managedPolicies: { Audit: managedPolicyOf(random) } }),
    partner,
    partner.user('guest', { policy: userPolicyOf(random) }),
  ];
}

function letIn(random: Random, s3: MockS3, name: (typeof bucketNames)[number]): void {
  const bucket = s3.bucket(name);
  if (random.below(2) === 0) bucket.publicAccessBlock = null;
  bucket.policy = bucketPolicyOf(random, name);
}

function bucketsOf() {
  const versions = [
    { body: 'first', versionId: 'v1' },
    { body: 'second version', versionId: 'v2' },
  ];
  const objects = { 'report.pdf': versions, 'folder/a': 'a', 'folder/b': 'b', 'ä €/😀': 'letters', 'a b+c%': 'signs' };
  const single = { 'report.pdf': 'one', 'folder/a': 'a' };
  const crowd = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`key-${at}/${'&'.repeat(at)}`, 'x']));
  const rule = { Status: 'Enabled', Filter: {}, Expiration: { Days: 30 } } as const;
  const pages = { AllowedOrigins: ['https://*', '*'], AllowedMethods: ['GET', 'PUT'], AllowedHeaders: ['*'] };
  const cors = { CORSRules: [{ ...pages, ExposeHeaders: ['ETag'], MaxAgeSeconds: 3000 }] };
  const buckets: Readonly<Record<(typeof bucketNames)[number], object>> = {
    vault: { versioning: 'Enabled', objects, cors },
    plain: { objects: single, ownershipControls: 'ObjectWriter', publicAccessBlock: null, encryption: 'aws:kms' },
    paused: { versioning: 'Suspended', objects },
    locked: { objectLock: { defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } }, objects },
    aging: { versioning: 'Enabled', lifecycle: { Rules: [rule] }, objects },
    crowded: { versioning: 'Enabled', objects: crowd },
  };
  return buckets;
}
