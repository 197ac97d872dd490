import { createHash } from 'node:crypto';
import * as sdk from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import AwsS3 from 'aws-sdk/clients/s3';
import CosS3 from 'ibm-cos-sdk/clients/s3';
import type { Credentials, Dialect } from 's3-versioning-mock';
import { checksum } from '../../../src/formats/digests';
import { type Headers, sha256 } from './signer';
import { cosHost } from './story-client';

interface Asked {
  readonly operation: string;
  readonly input: object;
  readonly credentials: Credentials;
  readonly sendsDigest: boolean;
}

export interface Presigner {
  readonly name: string;
  readonly dialect: Dialect;
  readonly declaration: string;
  /** The header with the digest of a document, which the client signs if the operation has one. */
  readonly digest: (body: string) => Headers;
  readonly ofDocument?: (body: string) => Headers;
  /** The operations whose sub-resource the client does not sign, though S3 does. */
  readonly lacks?: readonly string[];
  presign(asked: Asked): Promise<string>;
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
const region = 'us-east-1';
// aws-sdk 2 signs the hash of a document that it knows, and leaves it out of the URL.
const hash = (body: string) => ({ 'x-amz-content-sha256': sha256(body) });
const contentMd5 = (body: string) => ({ 'content-md5': createHash('md5').update(body).digest('base64') });

export const presigners: readonly Presigner[] = [
  {
    name: 'SDK v3',
    dialect: 'aws',
    declaration,
    digest: (body) => ({ 'x-amz-checksum-crc32': checksum('CRC32', Buffer.from(body)) }),
    presign({ operation, input, credentials, sendsDigest }) {
      const client = new sdk.S3Client({ region, credentials });
      const Command = Object(sdk)[`${operation}Command`];
      // S3 does not read a checksum from the query (F593), so it stays a header.
      const options = sendsDigest ? { unhoistableHeaders: new Set(['x-amz-checksum-crc32']) } : {};
      return getSignedUrl(client, new Command(input), options).finally(() => client.destroy());
    },
  },
  {
    name: 'aws-sdk 2, SigV4',
    dialect: 'aws',
    declaration: '',
    digest: contentMd5,
    ofDocument: hash,
    presign: (asked) => byName(new AwsS3({ region, credentials: asked.credentials, signatureVersion: 'v4' }), asked),
  },
  {
    name: 'aws-sdk 2, SigV2',
    dialect: 'aws',
    declaration: '',
    digest: contentMd5,
    lacks: ['PutObjectRetention', 'GetObjectAttributes'],
    presign: (asked) => byName(new AwsS3({ region, credentials: asked.credentials, signatureVersion: 's3' }), asked),
  },
  {
    name: 'ibm-cos-sdk, SigV4',
    dialect: 'ibm-cos',
    declaration: '',
    digest: contentMd5,
    ofDocument: hash,
    presign: (asked) => byName(cos(asked, 'v4'), asked),
  },
  {
    name: 'ibm-cos-sdk, SigV2',
    dialect: 'ibm-cos',
    declaration: '',
    digest: contentMd5,
    presign: (asked) => byName(cos(asked, 's3'), asked),
  },
];

function cos({ credentials }: Asked, signatureVersion: string): CosS3 {
  return new CosS3({ endpoint: cosHost, region: 'us-south', credentials, signatureVersion });
}

function byName(client: AwsS3 | CosS3, { operation, input }: Asked): Promise<string> {
  return client.getSignedUrlPromise(`${operation.slice(0, 1).toLowerCase()}${operation.slice(1)}`, input);
}
