import type { NamedOperation } from '../operations/table';
import type { S3Request } from '../protocol/request/request';
import { S3Error } from '../refusals';
import type { Members } from '../shapes/shape';

interface RefusedHeader {
  readonly header: RegExp;
  /** The operations that refuse the header; if this is left out, all. */
  readonly from?: (operation: NamedOperation) => boolean;
  readonly refuse: (name: string, value: string) => S3Error;
}

/** S3 ignores other headers that an operation does not take (F1680). */
const refused: readonly RefusedHeader[] = [
  {
    header: /^x-amz-server-side-encryption$/,
    refuse: (_name, ArgumentValue) => new S3Error('EncryptionNotSupported', { ArgumentValue }),
  },
  {
    header: /^x-amz-server-side-encryption-aws-kms-key-id$/,
    refuse: (name, value) => new S3Error('KmsKeyWithoutKms').quoting({ [name]: value }),
  },
  {
    header: /^range$/,
    from: ({ requires, subResource }) => requires === 'x-amz-copy-source' && subResource === undefined,
    refuse: (_name, ArgumentValue) => new S3Error('CopyWithRange', { ArgumentValue }),
  },
  {
    header: /^x-amz-meta-/,
    from: writesPart,
    refuse: (ArgumentName, ArgumentValue) => new S3Error('MetadataOutOfPlace', { ArgumentName, ArgumentValue }),
  },
  {
    header: /^x-amz-(?:acl|grant-.+|metadata-directive|storage-class|tagging)$/,
    from: writesPart,
    refuse: (ArgumentName, ArgumentValue) => new S3Error('HeaderOutOfPlace', { ArgumentName, ArgumentValue }),
  },
];

const refusedByOne = new RegExp(refused.map(({ header }) => header.source).join('|'));

/** An upload has its description from its beginning (F1681). */
function writesPart({ method, subResource }: NamedOperation): boolean {
  return subResource === 'uploadId' && (method === 'PUT' || method === 'POST');
}

/** Throws if a header came that the declaration of the operation does not have, and that S3 does not ignore. */
export function checkTakesHeaders(operation: NamedOperation, { headers, dialect }: S3Request): void {
  if (operation.service !== 's3' || !dialect.requests.refusesUntakenHeaders) return;
  let asked: string[] | undefined;
  for (const name of headers.keys()) {
    if (!refusedByOne.test(name)) continue;
    asked ??= [];
    asked.push(name);
  }
  if (asked === undefined) return;
  for (const { header, from, refuse } of refused) {
    if (from?.(operation) === false) continue;
    for (const name of asked)
      if (header.test(name) && !takes(operation.input, name)) throw refuse(name, headers.get(name) ?? '');
  }
}

function takes(input: Members, name: string): boolean {
  return Object.entries(input).some(
    ([member, { at, wireName = member }]) =>
      at === 'header' && [wireName].flat().some((one) => one.toLowerCase() === name),
  );
}
