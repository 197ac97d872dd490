import { createHash } from 'node:crypto';
import { encoded, inheritedName, keyOf, run, type SeenIds, strangeText, versionIdOf } from './names';
import type { Random } from './random';

export type HeaderLine = readonly [name: string, value: string];

const dates = ['Thu, 01 Jan 2026 00:00:00 GMT', '2026-01-01T00:00:00Z', 'Thursday, 01-Jan-26 00:00:00 GMT', 'soon', ''];
const date = (random: Random) => random.pick(dates);
const etag = (random: Random) => random.pick(['*', '"x"', 'x', '"d41d8cd98f00b204e9800998ecf8427e"', 'W/"x"', '"']);
const word =
  (...words: readonly string[]) =>
  (random: Random) =>
    random.pick(words);
const source = (random: Random, seen: SeenIds) =>
  `/${random.pick(['vault', 'plain', 'absent'])}/${encoded(random, keyOf(random))}${random.chance(0.3) ? `?versionId=${versionIdOf(random, seen)}` : ''}`;

const known: Readonly<Record<string, (random: Random, seen: SeenIds) => string>> = {
  Range: word('bytes=0-1', 'bytes=-5', 'bytes=5-', 'bytes=9-1', 'bytes=0-1,3-4', 'lines=1-2'),
  'If-Match': etag,
  'If-None-Match': etag,
  'If-Modified-Since': date,
  'If-Unmodified-Since': date,
  'x-amz-copy-source': source,
  'x-amz-copy-source-range': word('bytes=0-1', 'bytes=5-1', 'bytes=0-999'),
  'x-amz-copy-source-if-match': etag,
  'x-amz-metadata-directive': word('COPY', 'REPLACE', 'copy'),
  'x-amz-tagging-directive': word('COPY', 'REPLACE'),
  'x-amz-tagging': word('a=b', 'a=b&a=c', 'a', '=', 'aws:x=y', 'a=%zz'),
  'x-amz-storage-class': word('STANDARD', 'GLACIER', 'COLD'),
  'x-amz-acl': word('private', 'public-read', 'mine'),
  'x-amz-grant-read': word(
    'uri=http://acs.amazonaws.com/groups/global/AllUsers',
    'id="x"',
    'id=',
    'emailAddress=a@b.c',
    ',,',
  ),
  'x-amz-object-ownership': word('ObjectWriter', 'BucketOwnerEnforced', 'x'),
  'x-amz-server-side-encryption-customer-algorithm': word('AES256', 'x'),
  'x-amz-server-side-encryption-aws-kms-key-id': word('alias/a', 'arn:aws:kms:us-east-1:000000000000:key/x', ''),
  'x-amz-server-side-encryption-bucket-key-enabled': word('true', 'maybe'),
  'x-amz-mfa': word('serial 123456', '123456', ' ', 'a b c'),
  'x-amz-object-lock-mode': word('GOVERNANCE', 'COMPLIANCE', 'NONE'),
  'x-amz-object-lock-retain-until-date': date,
  'x-amz-object-lock-legal-hold': word('ON', 'OFF', 'on'),
  'x-amz-bypass-governance-retention': word('true', 'false', 'maybe'),
  'x-amz-object-attributes': word('ETag', 'ETag,Checksum,ObjectParts,StorageClass,ObjectSize', 'None', 'ETag,,'),
  'x-amz-max-parts': word('1', '0', '-1', 'x'),
  'x-amz-expected-bucket-owner': word('000000000000', '111111111111', 'me'),
  'x-amz-checksum-crc32': word('AAAAAA==', 'x', ''),
  'x-amz-checksum-mode': word('ENABLED', 'no'),
  'x-amz-checksum-algorithm': word('CRC32', 'SHA256', 'CRC99'),
  'x-amz-sdk-checksum-algorithm': word('CRC32', 'SHA256', 'CRC99'),
  'x-amz-server-side-encryption': word('AES256', 'aws:kms', 'none'),
  'x-amz-meta-note': (random) =>
    random.one(
      () => 'plain',
      () => '=?UTF-8?Q?=C3=A4?=',
      () => '=?UTF-8?B?w6Q=?= =?x?q?=zz?=',
      () => 'ä',
    ),
  'x-amz-website-redirect-location': word('/a', 'https://x', 'ftp://x', ''),
  'Content-Type': word('text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''),
  'Content-Encoding': word('gzip', 'aws-chunked', 'aws-chunked,gzip', ''),
  'Content-MD5': word('1B2M2Y8AsgTpgAmY7PhCfg==', 'x', ''),
  'x-amz-content-sha256': word('UNSIGNED-PAYLOAD', 'x', createHash('sha256').digest('hex')),
  'x-amz-bucket-object-lock-enabled': word('true', 'false', 'ture'),
  'ibm-service-instance-id': word('x', ''),
  'User-Agent': word('aws-sdk-js/3.0.0', ' ', 'x'),
  Origin: word('https://x', 'http://x'),
  'Access-Control-Request-Method': word('PUT', 'JUMP'),
  'Access-Control-Request-Headers': word('x-amz-date, Range', 'x b', ','),
};

function customerKeyOf(random: Random): readonly HeaderLine[] {
  if (!random.chance(0.06)) return [];
  const key = Buffer.alloc(random.chance(0.9) ? 32 : 16, random.pick(['k', 'o']));
  const md5 = createHash('md5').update(key).digest('base64');
  const prefix = `x-amz-${random.pick(['', '', 'copy-source-'])}server-side-encryption-customer`;
  const lines: readonly HeaderLine[] = [
    [`${prefix}-algorithm`, 'AES256'],
    [`${prefix}-key`, key.toString('base64')],
    [`${prefix}-key-MD5`, random.chance(0.95) ? md5 : ''],
  ];
  return lines.filter(() => random.chance(0.97));
}

/** One of them is long: Node takes 16 KB of headers. */
function comparedHeadersOf(random: Random): readonly HeaderLine[] {
  if (random.below(5) > 0) return [];
  const unit = random.pick(['a', 'ab', 'writer', '*', 'a*', '?', '$', '${', 'A', 'ä']);
  const long = `${unit.repeat(random.size(1, 12_000 / Buffer.byteLength(unit)))}${random.pick(['', 'b', 'c'])}`;
  return random.pick<readonly HeaderLine[]>([
    [['User-Agent', long]],
    [['Referer', long]],
    [
      ['User-Agent', long],
      ['Referer', 'https://example.com/'],
    ],
  ]);
}

function inheritedNamesOf(random: Random): readonly HeaderLine[] {
  if (random.below(10) > 0) return [];
  const name = inheritedName(random);
  return random.pick<readonly HeaderLine[]>([
    [[name, 'a']],
    [[`x-amz-${name}`, 'a']],
    [[`x-amz-meta-${name}`, name]],
    [['x-amz-tagging', `${name}=${name}&a=b`]],
    [['x-amz-storage-class', name]],
    [['x-amz-checksum-algorithm', name]],
    [['x-amz-object-attributes', `ETag,${name}`]],
    [['Access-Control-Request-Headers', name]],
  ]);
}

export function headersOf(random: Random, seen: SeenIds): readonly HeaderLine[] {
  const lines =
    random.isCalm && random.below(3) > 0
      ? []
      : random.some(1, 4, (): HeaderLine => {
          const [name, value] = random.pick(Object.entries(known));
          return [
            name,
            random.chance(0.85)
              ? value(random, seen)
              : random.one(
                  () => strangeText(random),
                  () => run(random, 6000),
                ),
          ];
        });
  const many: readonly HeaderLine[] = random.chance(0.01)
    ? random.some(1, 400, (at): HeaderLine => [`x-amz-meta-${at}`, random.pick(['a', 'é'])])
    : [];
  return [...lines, ...many, ...customerKeyOf(random), ...comparedHeadersOf(random), ...inheritedNamesOf(random)];
}
