import { describe, expect, it } from '@jest/globals';
import { readUserPolicy } from '../../../src/model/access/user-policy';
import { CopyingScene, completed, failed, own, replicator, type Statement } from '../../support/copying-scene';
import { withReplicaKey } from '../../support/replication';

const inVault = 'arn:aws:s3:::vault/*';
const inReplica = 'arn:aws:s3:::replica/*';

const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*'): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
});

const deny = (Action: string, Resource: string = '*'): Statement => ({ Effect: 'Deny', Action, Resource });

/** The actions that the User Guide gives a role, and what they are about. */
const guide: Readonly<Record<string, string>> = {
  's3:GetReplicationConfiguration': 'arn:aws:s3:::vault',
  's3:ListBucket': 'arn:aws:s3:::vault',
  's3:GetObjectVersionForReplication': inVault,
  's3:GetObjectVersionAcl': inVault,
  's3:GetObjectVersionTagging': inVault,
  's3:GetObjectRetention': inVault,
  's3:GetObjectLegalHold': inVault,
  's3:ReplicateObject': inReplica,
  's3:ReplicateDelete': inReplica,
  's3:ReplicateTags': inReplica,
};

const without = (action: string, ...others: readonly Statement[]) => [
  ...Object.entries(guide)
    .filter(([name]) => name !== action)
    .map(([name, resource]) => allow(name, resource)),
  ...others,
];

const tags = [{ Key: 'stage', Value: 'draft' }];
const lock = { retention: { Mode: 'GOVERNANCE', until: Date.UTC(2030, 0, 1) }, legalHold: 'ON' } as const;
const locked = { source: { objectLock: true }, destination: { objectLock: true } } as const;
const none = 'nothing allows session s3-replication of role replication of account 111111111111 to do';

const copyBy = (policy: readonly Statement[], options: ConstructorParameters<typeof CopyingScene>[0] = {}) => {
  const scene = new CopyingScene(options);
  scene.role('replication', policy);
  return scene;
};

// F886, F887
describe('the role of a configuration', () => {
  it('copies everything with the policy of the User Guide', () => {
    const scene = copyBy(without(''), locked);
    expect(scene.copy({ tags, lock })).toEqual(completed);
    expect(scene.current(scene.replica)).toMatchObject({ tags, lock });
    scene.change('PutObjectTagging', { tags: [] });
    expect(scene.pass()).toEqual(completed);
    scene.change('PutObjectLegalHold', { lock: { ...lock, legalHold: 'OFF' } });
    expect(scene.pass()).toEqual(completed);
    scene.delete();
    expect(scene.pass()).toEqual(completed);
  });

  it.each([
    ['s3:GetReplicationConfiguration', 'SrcBucketReplicationConfigMissing', 'arn:aws:s3:::vault'],
    ['s3:GetObjectVersionForReplication', 'SrcGetObjectNotPermitted', 'arn:aws:s3:::vault/report.pdf'],
    ['s3:GetObjectVersionAcl', 'SrcGetAclNotPermitted', 'arn:aws:s3:::vault/report.pdf'],
    ['s3:GetObjectRetention', 'SrcGetRetentionNotPermitted', 'arn:aws:s3:::vault/report.pdf'],
    ['s3:GetObjectLegalHold', 'SrcGetLegalHoldNotPermitted', 'arn:aws:s3:::vault/report.pdf'],
    ['s3:ReplicateObject', 'DstPutObjectNotPermitted', 'arn:aws:s3:::replica/report.pdf'],
  ])('cannot copy an object without %s', (action, reason, resource) => {
    const why = expect.stringMatching(`^${none} ${action} on ${resource}; `);
    expect(copyBy(without(action), locked).copy()).toEqual(failed(reason, why));
  });

  it.each([
    ['s3:ListBucket', 'SrcHeadObjectNotPermitted'],
    ['s3:ReplicateDelete', 'DstDelObjNotPermitted'],
  ])('cannot copy a delete marker without %s', (action, reason) => {
    const scene = copyBy(without(action));
    expect(scene.copy()).toEqual(completed);
    scene.delete();
    expect(scene.pass()).toEqual(failed(reason));
  });

  it.each([
    ['PutObjectTagging', { tags }, 's3:GetObjectVersionForReplication', 'SrcHeadObjectNotPermitted'],
    ['PutObjectTagging', { tags }, 's3:GetObjectVersionTagging', 'SrcGetTaggingNotPermitted'],
    ['PutObjectRetention', { lock }, 's3:GetObjectRetention', 'SrcGetRetentionNotPermitted'],
    ['PutObjectLegalHold', { lock }, 's3:GetObjectLegalHold', 'SrcGetLegalHoldNotPermitted'],
  ])('cannot copy a later %s %j without %s', (operation, change, action, reason) => {
    const scene = new CopyingScene(locked);
    scene.copy();
    scene.role('replication', without(action));
    const only = operation === 'PutObjectRetention' ? { lock: { ...lock, legalHold: undefined } } : change;
    scene.change(operation, operation === 'PutObjectLegalHold' ? { lock: { ...lock, retention: undefined } } : only);
    expect(scene.pass()).toEqual(failed(reason));
  });

  it('reads objects that no key of KMS encrypts by either of two actions, even if the other one is denied', () => {
    const reading = allow('s3:GetObjectVersion', inVault);
    const action = 's3:GetObjectVersionForReplication';
    expect(copyBy(without(action, reading)).copy()).toEqual(completed);
    expect(copyBy(without(action, reading, deny(action))).copy()).toEqual(completed);
    expect(copyBy(without('', deny('s3:GetObjectVersion'))).copy()).toEqual(completed);
    const denied = [deny(action), deny('s3:GetObjectVersion')];
    expect(copyBy(without('', reading, ...denied)).copy()).toEqual(failed('SrcGetObjectNotPermitted'));
    const rule = {
      SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } } as const,
      Destination: { Bucket: 'arn:aws:s3:::replica', EncryptionConfiguration: { ReplicaKmsKeyID: 'alias/a' } },
    };
    const SSEKMSKeyId = `arn:aws:kms:us-east-1:${own}:key/11111111-1111-4111-8111-111111111111`;
    const encryption = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId } as const;
    expect(copyBy(without(action, reading), { rule }).copy({ encryption })).toEqual(failed('SrcGetObjectNotPermitted'));
  });

  // Recorded: radkawar/stackd, replication_authority_replay.json, source-state-kms/missing-grants and source-state-kms/configured-success.
  describe('with keys of KMS', () => {
    const keyOf = (digit: string) =>
      `arn:aws:kms:us-east-1:${own}:key/${'x'.repeat(8)}-${'x'.repeat(4)}-4${'x'.repeat(3)}-8${'x'.repeat(3)}-${'x'.repeat(12)}`.replaceAll(
        'x',
        digit,
      );
    const [own1, replica1] = [keyOf('1'), keyOf('2')];
    const rule = withReplicaKey(replica1);
    const encryption = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: own1 } as const;
    const decrypt = allow('kms:Decrypt', own1);
    const encrypt = allow('kms:Encrypt', replica1);
    const copyWith = (...statements: readonly Statement[]) =>
      copyBy(without('', ...statements), { rule }).copy({ encryption });

    it('needs kms:Decrypt on the key of the source, and kms:Encrypt on the key of the replica', () => {
      expect(copyWith(decrypt, encrypt)).toEqual(completed);
      expect(copyWith(allow('kms:*'))).toEqual(completed);
      expect(copyWith(encrypt)).toEqual(
        failed('SrcGetObjectNotPermitted', expect.stringMatching(`^${none} kms:Decrypt on ${own1}; `)),
      );
      expect(copyWith(decrypt)).toEqual(
        failed('DstPutObjectNotPermitted', expect.stringMatching(`^${none} kms:Encrypt on ${replica1}; `)),
      );
      expect(copyWith(decrypt, encrypt, deny('kms:Decrypt'))).toEqual(failed('SrcGetObjectNotPermitted'));
    });

    it('needs them through S3, for the object', () => {
      const through = (ViaService: string, object: string) => ({
        Condition: {
          StringLike: { 'kms:ViaService': ViaService, 'kms:EncryptionContext:aws:s3:arn': [object] },
        },
      });
      const reading = { ...decrypt, ...through('s3.us-east-1.amazonaws.com', inVault) };
      const writing = { ...encrypt, ...through('s3.us-east-1.amazonaws.com', inReplica) };
      expect(copyWith(reading, writing)).toEqual(completed);
      expect(copyWith({ ...reading, ...through('s3.*', inReplica) }, writing)).toEqual(
        failed('SrcGetObjectNotPermitted'),
      );
      expect(copyWith(reading, { ...writing, ...through('sqs.*', inReplica) })).toEqual(
        failed('DstPutObjectNotPermitted'),
      );
    });

    it('needs nothing on them for later changes, nor if no policy limits it', () => {
      const scene = new CopyingScene({ rule });
      expect(scene.copy({ encryption })).toEqual(completed);
      scene.role('replication', without(''));
      scene.change('PutObjectTagging', { tags });
      expect(scene.pass()).toEqual(completed);
    });
  });

  // Recorded: radkawar/stackd, replication_tag_alias_replay.json, boundary-omit:initial:source, boundary-deny:initial:source. F888
  it('copies tags if its permissions boundary allows s3:ReplicateObject, unless the boundary denies them', () => {
    const copyWithin = (...boundary: readonly Statement[]) => {
      const scene = new CopyingScene();
      scene.role('replication', without(''), undefined, boundary);
      return scene.copy({ tags });
    };
    const replicating = [allow(['s3:Get*', 's3:ReplicateObject'])];
    expect(copyWithin(...replicating)).toEqual(completed);
    expect(copyWithin(...replicating, deny('s3:ReplicateTags'))).toEqual(failed('DstPutTaggingNotPermitted'));
    expect(copyWithin(allow('s3:Get*'))).toEqual(failed('DstPutObjectNotPermitted'));
  });

  it('cannot begin the upload of an object of several parts without s3:ReplicateObject', () => {
    const parts = [{ number: 1, size: 6, checksum: undefined }];
    expect(copyBy(without('s3:ReplicateObject')).copy({ parts })).toEqual(failed('DstMultipartInitNotPermitted'));
  });

  it('needs s3:ObjectOwnerOverrideToBucketOwner if the rule gives replicas to the owner of the destination', () => {
    const rule = {
      Destination: {
        Bucket: 'arn:aws:s3:::replica',
        Account: own,
        AccessControlTranslation: { Owner: 'Destination' as const },
      },
    };
    const overriding = allow('s3:ObjectOwnerOverrideToBucketOwner', inReplica);
    expect(copyBy(without(''), { rule }).copy()).toEqual(failed('DstPutObjectNotPermitted'));
    expect(copyBy(without('', overriding), { rule }).copy()).toEqual(completed);
  });

  it.each([
    ['s3:PutObjectRetention', 'DstPutRetentionNotPermitted'],
    ['s3:PutObjectLegalHold', 'DstPutLegalHoldNotPermitted'],
  ])('copies a lock by s3:ReplicateObject, unless %s is denied', (action, reason) => {
    const scene = copyBy(without('', deny(action)), locked);
    expect(scene.copy()).toEqual(completed);
    expect(scene.copy({ lock })).toEqual(failed(reason));
  });
});

// F888
describe('the tags of a new object', () => {
  const readingTags = 's3:GetObjectVersionTagging';
  const denials = [
    ['may not read them', 'SrcGetTaggingNotPermitted', readingTags, without(readingTags)],
    ['is denied to write them', 'DstPutTaggingNotPermitted', 's3:ReplicateTags', without('', deny('s3:ReplicateTags'))],
  ] as const;

  it.each(denials)(
    'stay behind if the role %s: the replica is there, and it FAILED',
    (_why, reason, action, policy) => {
      const scene = copyBy(policy);
      const why = expect.stringMatching(`^copied without its tags, for which S3 sends no event: .* ${action} on `);
      expect(scene.copy({ tags })).toEqual(failed(reason, why));
      expect(scene.current().replication?.status).toBe('FAILED');
      expect(scene.current(scene.replica)).toMatchObject({ tags: [], replication: { status: 'REPLICA' } });
      expect(scene.copy()).toEqual(completed);
    },
  );

  it('are not asked for when something else is copied later', () => {
    const scene = new CopyingScene(locked);
    expect(scene.copy({ tags })).toEqual(completed);
    scene.role('replication', without(readingTags));
    scene.change('PutObjectLegalHold', { lock: { retention: undefined, legalHold: 'ON' } });
    expect(scene.pass()).toEqual(completed);
  });

  it('that are not copied later leave the version FAILED, although its legal hold is copied after them', () => {
    const scene = copyBy(without('', deny('s3:ReplicateTags')), locked);
    scene.copy();
    scene.change('PutObjectTagging', { tags });
    scene.change('PutObjectLegalHold', { lock: { retention: undefined, legalHold: 'ON' } });
    scene.pass();
    expect(scene.current(scene.replica).lock).toMatchObject({ legalHold: 'ON' });
    expect(scene.current().replication?.status).toBe('FAILED');
  });
});

// F886
describe('a condition', () => {
  const denyIf = (Action: string, Condition: Statement) => without('', { ...deny(Action), Condition });

  it('compares the version that is copied', () => {
    const denied = denyIf('s3:GetObjectVersionAcl', { StringLike: { 's3:VersionId': '*' } });
    expect(copyBy(denied).copy()).toEqual(failed('SrcGetAclNotPermitted'));
  });

  it('compares the tags of the version that is copied', () => {
    const denied = denyIf('s3:GetObjectVersionTagging', { StringEquals: { 's3:ExistingObjectTag/stage': 'draft' } });
    const scene = copyBy(denied);
    expect(scene.copy({ tags })).toEqual(failed('SrcGetTaggingNotPermitted'));
    expect(scene.copy({ tags: [{ Key: 'stage', Value: 'final' }] })).toEqual(completed);
  });

  it('compares the encryption for the writing of a replica alone', () => {
    const denied = denyIf('s3:*', { StringEquals: { 's3:x-amz-server-side-encryption': 'AES256' } });
    expect(copyBy(denied).copy()).toEqual(failed('DstPutObjectNotPermitted'));
  });

  const denyingKey = (key: string) => {
    const Condition = { StringEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': key } };
    return without('', allow('kms:*'), { ...deny('s3:ReplicateObject'), Condition });
  };

  // F1622
  it('compares the key of KMS that encrypts the replica, if one does', () => {
    const keyOf = (digit: string) => `arn:aws:kms:us-east-1:${own}:key/${digit.repeat(8)}`;
    const [ofSource, ofReplica] = [keyOf('1'), keyOf('2')];
    const rule = withReplicaKey(ofReplica);
    const encryption = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: ofSource } as const;
    const copyIfDenied = (key: string, writing: Parameters<CopyingScene['copy']>[0] = { encryption }) =>
      copyBy(denyingKey(key), { rule }).copy(writing);
    expect(copyIfDenied(ofReplica)).toEqual(failed('DstPutObjectNotPermitted'));
    expect(copyIfDenied(ofSource)).toEqual(completed);
    expect(copyIfDenied(ofReplica, {})).toEqual(completed);
  });

  it("compares what is known of the role's session: when it began, and that it began without MFA", () => {
    const copyIf = (operator: string, key: string, value: string) =>
      copyBy([{ ...allow('s3:*'), Condition: { [operator]: { [key]: value } } }]).copy();
    expect(copyIf('DateEquals', 'aws:TokenIssueTime', '2026-03-01T12:01:00Z')).toEqual(completed);
    expect(copyIf('DateLessThan', 'aws:TokenIssueTime', '2026-03-01T12:01:00Z')).toMatchObject({ result: 'FAILED' });
    expect(copyIf('Bool', 'aws:MultiFactorAuthPresent', 'false')).toEqual(completed);
  });

  it.each(['aws:SourceVpc', 'saml:sub'])('compares what a test gives the role: %s', (key) => {
    const scene = new CopyingScene();
    const policy = readUserPolicy(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ ...allow('s3:*'), Condition: { StringEquals: { [key]: 'vpc-1' } } }],
      }),
    );
    const conditions = new Map([[key.toLowerCase(), { key, values: ['vpc-1'] }]]);
    scene.store.defaultAccount.role('replication', { policy, conditions });
    expect(scene.copy()).toEqual(completed);
  });
});

// F855
describe('the policy of a bucket', () => {
  const forRole = (Action: string | readonly string[], Effect = 'Allow', more: Statement = {}) => ({
    Version: '2012-10-17',
    Statement: [{ Effect, Principal: { AWS: replicator }, Action, Resource: inReplica, ...more }],
  });
  const policed = (policy: ReturnType<typeof forRole>, options: ConstructorParameters<typeof CopyingScene>[0] = {}) =>
    new CopyingScene({ ...options, destination: { policy } });

  it('has to allow the role what it does in a bucket of another account', () => {
    const scene = policed(forRole('s3:ReplicateObject'), { partner: true });
    expect(scene.copy()).toEqual(completed);
    scene.delete();
    expect(scene.pass()).toEqual(
      failed(
        'DstDelObjNotPermitted',
        expect.stringMatching(
          /^session s3-replication of role replication of account 111111111111 does not own the bucket; account 'partner' \(\d{12}\) does; /,
        ),
      ),
    );
  });

  it('has to allow it to a role that the mock lacks as well, whatever its account is', () => {
    expect(new CopyingScene({ partner: true }).copy()).toEqual(failed('DstPutObjectNotPermitted'));
    const Role = 'arn:aws:iam::999999999999:role/replication';
    expect(new CopyingScene({ partner: true, Role }).copy()).toEqual(failed('DstPutObjectNotPermitted'));
    const policy = forRole('s3:ReplicateObject', 'Allow', { Principal: { AWS: Role } });
    expect(policed(policy, { partner: true, Role }).copy()).toEqual(completed);
  });

  it('may name the account of the role, or the session of S3', () => {
    const session = `arn:aws:sts::${own}:assumed-role/replication/s3-replication`;
    for (const AWS of [own, session]) {
      const policy = forRole('s3:ReplicateObject', 'Allow', { Principal: { AWS } });
      expect(policed(policy, { partner: true }).copy()).toEqual(completed);
    }
  });

  it('is not enough in a bucket of another account if the role has a policy that does not allow it', () => {
    const scene = policed(forRole(['s3:ReplicateObject']), { partner: true });
    scene.role('replication', without('s3:ReplicateObject'));
    expect(scene.copy()).toEqual(failed('DstPutObjectNotPermitted'));
  });

  it.each([replicator, 'arn:aws:iam::999999999999:role/replication'])('may deny it to %s', (Role) => {
    const scene = policed(forRole('s3:ReplicateObject', 'Deny', { Sid: 'Mine', Principal: '*' }), { Role });
    const why =
      'denied by statement Mine of the bucket policy of replica: s3:ReplicateObject on arn:aws:s3:::replica/report.pdf';
    expect(scene.copy()).toEqual(failed('DstPutObjectNotPermitted', why));
  });

  it.each<[string, Statement, object]>([
    ['a connection without TLS', { Bool: { 'aws:SecureTransport': 'false' } }, completed],
    ['another address', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, failed('DstPutObjectNotPermitted')],
    ['another region', { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, completed],
    ['no key of KMS', { StringNotEquals: { 's3:x-amz-server-side-encryption': 'AES256' } }, completed],
    [
      'the key AES256',
      { StringEquals: { 's3:x-amz-server-side-encryption': 'AES256' } },
      failed('DstPutObjectNotPermitted'),
    ],
    ['an account without a name', { StringNotEquals: { 'aws:PrincipalAccount': own } }, completed],
  ])('may deny it with a condition: %s', (_what, Condition, outcome) => {
    const policy = forRole('s3:ReplicateObject', 'Deny', { Principal: '*', Condition });
    const scene = new CopyingScene({ destination: { policy, region: 'eu-west-1' } });
    expect(scene.copy()).toEqual(outcome);
  });

  it.each([replicator, 'arn:aws:iam::999999999999:role/replication'])(
    "of the source's account need not allow anything to %s, if the mock lacks it",
    (Role) => {
      const policy = forRole('s3:GetObject', 'Allow', { Principal: { AWS: own }, Resource: inVault });
      expect(new CopyingScene({ Role, source: { policy } }).copy()).toEqual(completed);
    },
  );

  it('at the source may deny the role to read', () => {
    const reading = ['s3:GetObjectVersion', 's3:GetObjectVersionForReplication'];
    const policy = forRole(reading, 'Deny', { Resource: inVault });
    expect(new CopyingScene({ source: { policy } }).copy()).toEqual(failed('SrcGetObjectNotPermitted'));
  });
});
