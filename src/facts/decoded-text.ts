/**
 * Texts as the most generous reader understands them. A system between a client and a bucket can decode a text more often than S3, or in
 * another way, so a text is read after all decodings.
 * @module
 */

/** An encoding in an encoding, and so on: more of them are no accident. */
const mostLayers = 16;

/** Returns a text without percent encoding, character references and escapes of JSON. Returns undefined if too many of them are nested. */
export function decodeFully(text: string): string | undefined {
  let decoded = text;
  for (let layers = 0; layers < mostLayers; layers += 1) {
    const next = decodeLayer(decoded);
    if (next === decoded) return decoded;
    decoded = next;
  }
  return undefined;
}

const references: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeLayer(text: string): string {
  const plain = /[%&\\]/.test(text) ? decodeEscapes(text) : text;
  // Wide and small forms of dots and slashes become the plain ones.
  return /[^\0-\x7f]/.test(plain) ? plain.normalize('NFKC') : plain;
}

function decodeEscapes(text: string): string {
  return text
    .replace(/(?:%[\da-f]{2})+/gi, (bytes) => decodeBytes(bytes.replaceAll('%', '')))
    .replace(/(?:%|\\)u([\da-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replace(/&#x([\da-f]{1,6});?/gi, (whole, digits: string) => readCodePoint(Number.parseInt(digits, 16), whole))
    .replace(/&#(\d{1,7});?/g, (whole, digits: string) => readCodePoint(Number(digits), whole))
    .replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => references[name] ?? whole)
    .replaceAll('\\/', '/');
}

/** Old decoders take a dot or a slash in two or three bytes for the plain one. */
function decodeBytes(hex: string): string {
  const bytes = Buffer.from(hex, 'hex').toString('latin1');
  const shortest = bytes.replace(
    /[\xc0\xc1\xe0]?([\xc0\xc1\x80\x81])([\x80-\xbf])/g,
    (whole, high: string, low: string) =>
      /^(?:[\xc0\xc1]|\xe0[\x80\x81])[\x80-\xbf]$/.test(whole)
        ? String.fromCharCode(((high.charCodeAt(0) & 1) << 6) | (low.charCodeAt(0) & 63))
        : whole,
  );
  return Buffer.from(shortest, 'latin1').toString();
}

function readCodePoint(code: number, otherwise: string): string {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : otherwise;
}

/** Whether a decoded text goes up a folder: `..` between slashes of either kind, also with what some servers cut off. */
export function goesUp(decoded: string): boolean {
  return decoded.split(/[/\\?#&=<>"',:\s]/).some((segment) => segment.replace(/[\0-\x20\x7f]|;.*$/gs, '') === '..');
}
