const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: S3 writes what XML 1.0 forbids as numeric references
const special = /[&<>"\u0000-\u0008\u000b-\u001f\ufffe\uffff]/;
const allSpecial = new RegExp(special, 'g');

/** Writes text as S3 does between tags. Characters that XML 1.0 cannot contain become references such as `&#x1;`. */
export function escapeXml(text: string): string {
  // Most texts have none, and a search is cheaper than a replacement of nothing.
  if (!special.test(text)) return text;
  return text.replace(allSpecial, (character) => {
    const code = character.charCodeAt(0);
    return escapes[character] ?? (code === 0 ? '&#0;' : `&#x${code.toString(16)};`);
  });
}

/** Writes an element with text. S3 writes an empty one as an opening and a closing tag. */
export function xmlText(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}
