import { createHash } from 'node:crypto';

/** A key of the customer's, 32 bytes of one letter, and what requests and answers say of it. */
export interface TestKey {
  readonly bytes: Buffer;
  /** In base64. */
  readonly text: string;
  /** The base64 of its MD5. */
  readonly md5: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly sourceHeaders: Readonly<Record<string, string>>;
}

export function testKey(letter: string): TestKey {
  const bytes = Buffer.alloc(32, letter);
  const text = bytes.toString('base64');
  const md5 = createHash('md5').update(bytes).digest('base64');
  const headersOf = (prefix: string) => ({
    [`${prefix}-algorithm`]: 'AES256',
    [`${prefix}-key`]: text,
    [`${prefix}-key-MD5`]: md5,
  });
  return {
    bytes,
    text,
    md5,
    headers: headersOf('x-amz-server-side-encryption-customer'),
    sourceHeaders: headersOf('x-amz-copy-source-server-side-encryption-customer'),
  };
}
