/** The width of a character as a part of the size of the font, which all fonts of terminals nearly have. */
const advance = 0.6;
const fontSize = 13;
const lineHeight = 19;
const margin = 18;
/** Longer lines continue below. A page that is 640 pixels wide shows so many in letters that can be read. */
const columns = 88;

const width = Math.round(columns * fontSize * advance) + 2 * margin;

const colours: ReadonlyMap<number, string> = new Map([
  [31, '#ff7b72'],
  [32, '#7ee787'],
  [33, '#e3b341'],
  [36, '#79c0ff'],
  [90, '#8b949e'],
]);
/** A blank that a reader of SVG keeps beside another one. */
const noBreak = '\u00a0';
/** What a terminal reads as a change of colours, with its number; not a literal, since an escape is invisible in one. */
const colourCode = new RegExp(`${String.fromCharCode(27)}\\[(\\d*)m`);
const plain = '#e6edf3';
const dimmed = '#9da7b3';

interface Run {
  readonly text: string;
  readonly colour: string;
  readonly isBold: boolean;
}

export function terminalsOf(title: string, screens: readonly string[]): string {
  const panels = screens.map((screen) => screen.split('\n').flatMap((line) => wrapped(readRuns(line))));
  let top = 0;
  const drawn = panels.map((lines) => {
    const height = lines.length * lineHeight + 2 * margin;
    const panel = panelOf(lines, top, height);
    top += height + margin / 2;
    return panel;
  });
  return pictureOf(title, width, top - margin / 2, [
    `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="${fontSize}">`,
    ...drawn.flat(),
    '</g>',
  ]);
}

export function badgeOf(name: string, value: string): string {
  const [left = 0, right = 0] = [name, value].map((text) => Math.round(text.length * 6.4) + 14);
  const label = (text: string, x: number, length: number) =>
    `<text x="${x}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`;
  return pictureOf(`${name}: ${value}`, left + right, 20, [
    `<rect width="${left + right}" height="20" rx="3" fill="#24292f"/>`,
    `<path d="M${left} 0h${right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-${right - 3}z" fill="#0b6b3a"/>`,
    '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">',
    label(name, 7, left - 14),
    label(value, left + 7, right - 14),
    '</g>',
  ]);
}

function pictureOf(title: string, width: number, height: number, parts: readonly string[]): string {
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    ...parts,
    '</svg>',
  ].join('\n')}\n`;
}

function panelOf(lines: readonly (readonly Run[])[], top: number, height: number): readonly string[] {
  const texts = lines.flatMap((runs, index) => textsOf(runs, top + margin + (index + 0.75) * lineHeight));
  return [`<rect y="${top}" width="${width}" height="${height}" rx="8" fill="#0d1117"/>`, ...texts];
}

/** Each run has its own place and length, so that columns are under each other in any font. */
function textsOf(runs: readonly Run[], y: number): readonly string[] {
  let column = 0;
  return runs.flatMap(({ text, colour, isBold }) => {
    const blanks = text.length - text.trimStart().length;
    const [x, length] = [column + blanks, text.trim().length].map((one) => (one * fontSize * advance).toFixed(1));
    column += text.length;
    if (text.trim() === '') return [];
    const weight = isBold ? ' font-weight="bold"' : '';
    const place = `x="${(Number(x) + margin).toFixed(1)}" y="${y}" textLength="${length}"`;
    return [`<text ${place} fill="${colour}"${weight}>${escaped(text.trim()).replaceAll(' ', noBreak)}</text>`];
  });
}

function readRuns(line: string): readonly Run[] {
  let [colour, isBold, isDim] = [plain, false, false];
  return line.split(colourCode).flatMap((text, index) => {
    const code = index % 2 === 1 ? text : undefined;
    if (code === undefined)
      return text === '' ? [] : [{ text, colour: isDim && colour === plain ? dimmed : colour, isBold }];
    const number = Number(code);
    if (number === 0) [colour, isBold, isDim] = [plain, false, false];
    else if (number === 1) isBold = true;
    else if (number === 2) isDim = true;
    else if (number === 22) [isBold, isDim] = [false, false];
    else colour = colours.get(number) ?? plain;
    return [];
  });
}

/** The lines that a terminal of this width shows for one: it continues at a blank, two columns behind the beginning of its text. */
function wrapped(runs: readonly Run[]): readonly (readonly Run[])[] {
  const text = runs.map((run) => run.text).join('');
  if (text.length <= columns) return [runs];
  const end = text.lastIndexOf(' ', columns);
  const indent = `${/^ */.exec(text)?.[0] ?? ''}  `;
  return [cut(runs, 0, end), ...wrapped([{ text: indent, colour: plain, isBold: false }, ...cut(runs, end + 1)])];
}

function cut(runs: readonly Run[], from: number, to = Number.POSITIVE_INFINITY): readonly Run[] {
  let start = 0;
  return runs.flatMap((run) => {
    const text = run.text.slice(Math.max(0, from - start), Math.max(0, to - start));
    start += run.text.length;
    return text === '' ? [] : [{ ...run, text }];
  });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
