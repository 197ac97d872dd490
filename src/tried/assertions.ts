/** What S3 does on any day changes how many requests, versions and events there are, and what lifecycle and replication do with them. */
const ofRequests = new RegExp(
  [
    '\\.(?:requests|events|versions?|[vV]ersionId|serviceActions|plan)\\b',
    '\\b(?:Records|Versions|DeleteMarkers)\\b',
    '\\btoHave(?:Received|Versions|Sent|Handled)',
  ].join('|'),
);

/** What a page of a listing contains. A test that looks at it expects a page, and not the whole listing. */
const ofPage = /\.(?:Contents|CommonPrefixes|KeyCount|IsTruncated)\b/;

/** How assertions begin. Code under test that throws in the same file is none. */
const asserts = /\b(?:expect|should|ok|same|is)\b|assert|equal/i;

const mostLines = 30;
/** How many names lead from an assertion to what it looks at: `sizes`, which is made of `sent`, which is made of `s3.requests`. */
const mostSteps = 3;

/** Whether the assertion at a line, from 1 on, looks at requests, versions or events, by itself or by the names in it. */
export function looksAtRequests(lines: readonly string[], line: number): boolean {
  const assertion = readStatement(lines, findStart(lines, line - 1));
  if (!asserts.test(assertion)) return false;
  let texts = [assertion];
  const seen = new Set<string>();
  for (let step = 0; step <= mostSteps; step += 1) {
    if (texts.some((text) => ofRequests.test(text))) return true;
    const names = texts.flatMap(listNames).filter((name) => !seen.has(name));
    for (const name of names) seen.add(name);
    texts = names.flatMap((name) => findOrigins(lines, name));
  }
  return false;
}

/** Whether the assertion at a line, from 1 on, looks at a page as S3 answers it. */
export function looksAtPage(lines: readonly string[], line: number): boolean {
  const assertion = readStatement(lines, findStart(lines, line - 1));
  return asserts.test(assertion) && ofPage.test(assertion);
}

/** Runners name the line of the matcher, which can be below the beginning of the assertion. */
function findStart(lines: readonly string[], at: number): number {
  for (let start = at; start >= 0 && start > at - mostLines; start -= 1)
    if (/^\s*(?:(?:await|return)\s+)?[\w$][\w$.]*\s*\(/.test(lines[start] ?? '')) return start;
  return at;
}

/** Returns the lines from a start until its brackets are closed. */
function readStatement(lines: readonly string[], start: number): string {
  let text = '';
  let depth = 0;
  for (const line of lines.slice(start, start + mostLines)) {
    text += `${line}\n`;
    for (const character of line) {
      if ('([{'.includes(character)) depth += 1;
      else if (')]}'.includes(character)) depth -= 1;
    }
    if (depth <= 0 && !/[=,(]\s*$/.test(line)) break;
  }
  return text;
}

/** Names of members, and words in texts, are no names. */
function listNames(text: string): readonly string[] {
  const code = text.replace(/'[^'\n]*'|"[^"\n]*"/g, '');
  return [...code.matchAll(/(?<![\w$.])[A-Za-z_$][\w$]*/g)].map(([name]) => name);
}

/** Returns what gives a name its value, or puts something into it. The mock itself is the origin of everything. */
function findOrigins(lines: readonly string[], name: string): readonly string[] {
  const escaped = name.replaceAll('$', '\\$');
  const origin = new RegExp(
    `^\\s*(?:const|let|var)\\b[^=]*(?<![\\w$.])${escaped}\\b[^=]*=|(?<![\\w$.])${escaped}\\.push\\(`,
  );
  return lines.flatMap((line, at) => {
    if (!origin.test(line)) return [];
    const text = readStatement(lines, at);
    return /\bmockS3\(/.test(text) ? [] : [text];
  });
}
