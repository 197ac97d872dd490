import type { ServerResponse } from 'node:http';

interface SentFile {
  readonly type: string;
  /** The name of the file, made of any text, such as a key. */
  readonly name: string;
  readonly bytes: unknown;
}

/** Characters that a file name must not contain, or that turn its direction: `invoice\u202efdp.exe` reads as `invoiceexe.pdf`. */
const unwanted = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}"*:<>?|]/gu;

const longest = 100;

/** Makes a name that any file system can store, from the part of a key behind the last slash. */
export function nameFile(key: string): string {
  const last = key.split(/[/\\]/).findLast((part) => part !== '') ?? '';
  const name = [...last.replace(unwanted, '_')].slice(-longest).join('');
  return /^[. ]*$/.test(name) ? 'object' : name.replace(/^\.|[. ]$/g, '_');
}

/**
 * Sends bytes that anybody may have stored. They come from the origin of the door, so a browser must never take them for a page. It stores
 * them, as bytes of no type. If it opens them nevertheless, they are in a sandbox that has no origin and runs nothing.
 */
export function sendFile(response: ServerResponse, { type, name, bytes }: SentFile): void {
  const content = bytes as Uint8Array; // by the declaration of the route
  const own = nameFile(name);
  response
    .writeHead(200, {
      'content-type': type,
      'content-length': content.byteLength,
      'content-disposition': `attachment; filename="${own.replace(/[^\w. ()-]/g, '_')}"; filename*=UTF-8''${writeExtended(own)}`,
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    })
    .end(content);
}

/** Encodes a name as RFC 8187 does, which allows fewer characters than a URL. */
function writeExtended(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
}
