import { hostileMarkup, withOddMarkup } from './markup';
import { inheritedName, run, type SeenIds, strangeText, versionIdOf } from './names';
import { bucketPolicyOf } from './policies';
import type { Random } from './random';
import { shapedDocuments } from './shaped-documents';

type Maker = (random: Random, seen: SeenIds) => string;

const element = (name: string, content: string) => `<${name}>${content}</${name}>`;
const either = (random: Random, ...texts: readonly string[]) => random.pick(texts);
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const text = (random: Random) =>
  escaped(
    random.chance(0.7)
      ? random.pick(['a', 'report.pdf', 'folder/a', '1'])
      : random.one(
          () => strangeText(random),
          () => inheritedName(random),
        ),
  );
const tags = (random: Random) =>
  random.some(0, 12, () => element('Tag', element('Key', text(random)) + element('Value', text(random)))).join('');
const days = (random: Random) => String(random.pick([0, 1, 30, 90, -1, 36_501]));

function policy(random: Random): string {
  if (random.chance(0.5)) return bucketPolicyOf(random, random.pick(['vault', 'plain', 'crowded']));
  const statement = () => ({
    ...(random.chance(0.3) && { Sid: strangeText(random) }),
    Effect: either(random, 'Allow', 'Deny', 'deny'),
    Principal: random.pick([
      '*',
      { AWS: '*' },
      { AWS: ['000000000000', 'ann'] },
      { Service: 's3.amazonaws.com' },
      { [inheritedName(random)]: '*' },
      5,
      null,
    ]),
    Action: random.pick(['s3:*', 's3:GetObject', ['s3:PutObject', 's3:ListBucket'], 's3:Frob', []]),
    Resource: random.pick(['arn:aws:s3:::vault', ['arn:aws:s3:::vault/*'], 'arn:aws:s3:::plain/*', '*', {}]),
    ...(random.chance(0.4) && {
      Condition: random.pick([
        { Bool: { 'aws:SecureTransport': 'false' } },
        { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '1.2.3'] } },
        { StringLike: { [strangeText(random)]: '*' } },
        { StringLike: { [inheritedName(random)]: '*' } },
        { [inheritedName(random)]: { 'aws:UserAgent': '*' } },
        { Frob: {} },
        [],
      ]),
    }),
  });
  return JSON.stringify({
    ...(random.chance(0.7) && { Version: either(random, '2012-10-17', '2008-10-17', '1') }),
    Statement: random.chance(0.2) ? statement() : random.some(0, random.chance(0.02) ? 200 : 4, statement),
  });
}

const documents: Readonly<Record<string, Maker>> = {
  ...shapedDocuments,
  DeleteObjects: (random, seen) =>
    element(
      'Delete',
      random
        .some(0, random.chance(0.02) ? 1001 : 8, () =>
          element(
            'Object',
            element('Key', text(random)) +
              (random.chance(0.4) ? element('VersionId', escaped(versionIdOf(random, seen))) : ''),
          ),
        )
        .join('') + (random.chance(0.3) ? element('Quiet', either(random, 'true', 'false', 'x')) : ''),
    ),
  CompleteMultipartUpload: (random) =>
    element(
      'CompleteMultipartUpload',
      random
        .some(0, random.chance(0.01) ? 10_000 : 3, (at) =>
          element('Part', element('PartNumber', String(at + 1)) + element('ETag', either(random, 'x', '"x"'))),
        )
        .join(''),
    ),
  PutBucketLifecycleConfiguration: (random) =>
    element(
      'LifecycleConfiguration',
      random
        .some(0, random.chance(0.01) ? 1001 : 4, () =>
          element(
            'Rule',
            element('Status', either(random, 'Enabled', 'Disabled')) +
              either(
                random,
                '<Filter/>',
                '<Prefix/>',
                element('Filter', element('Prefix', text(random))),
                element('Filter', element('And', tags(random))),
              ) +
              either(
                random,
                element('Expiration', element('Days', days(random))),
                element('NoncurrentVersionExpiration', element('NoncurrentDays', days(random))),
                element('AbortIncompleteMultipartUpload', element('DaysAfterInitiation', days(random))),
                element('Transition', element('Days', days(random)) + element('StorageClass', 'GLACIER')),
              ),
          ),
        )
        .join(''),
    ),
  PutBucketPolicy: policy,
};

export function documentOf(random: Random, operation: string, seen: SeenIds): Buffer {
  const own = documents[operation] ?? random.pick(Object.values(documents));
  const make = random.chance(0.95) ? own : random.pick(Object.values(documents));
  const document = random.chance(0.5)
    ? make(random, seen)
    : `<?xml version="1.0" encoding="UTF-8"?>\n${make(random, seen)}`;
  if (random.chance(0.6)) return Buffer.from(document);
  return random.one(
    () => Buffer.from(withOddMarkup(random, document)),
    () => Buffer.from(withOddMarkup(random, document)),
    () => Buffer.from(withOddMarkup(random, document)),
    () => mutated(random, document),
    () => mutated(random, document),
    () => Buffer.from(document.slice(0, random.below(document.length))),
    () => Buffer.from(document, random.pick(['utf16le', 'latin1'])),
    () => Buffer.from(`\ufeff${document}`),
    () => Buffer.from(document.replace('>', ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/">')),
    () => Buffer.from(hostileMarkup(random)),
    () => Buffer.from(hostileMarkup(random)),
    () => Buffer.from(document.replace('><', `>${hostileMarkup(random)}<`)),
    () => Buffer.from(document.replace('><', `>${hostileMarkup(random)}<`)),
  );
}

function mutated(random: Random, document: string): Buffer {
  const bytes = Buffer.from(document);
  for (let left = random.between(1, 5); left > 0; left -= 1)
    bytes[random.below(bytes.length)] = random.chance(0.5)
      ? random.below(256)
      : random.pick([...Buffer.from('<>&/"!-[]?')]);
  return random.chance(0.7)
    ? bytes
    : Buffer.concat([
        bytes,
        Buffer.from(
          random.one(
            () => strangeText(random),
            () => run(random, 4000),
          ),
        ),
      ]);
}
