// The picture of a terminal as text of the page: its lines continue below if a window is narrow, and can be copied.

/** What the picture has in place of a margin and of a column, in its pixels, as `npm run generate pictures` draws it. */
const margin = 18;
const column = 7.8;

/** The screens of a picture, with their colours, as a block of HTML in Markdown. */
export function terminalOf(svg, label) {
  const panels = svg.split('<rect ').slice(1).map(screenOf);
  return `<div class="terminals" role="group" aria-label="${label}">${panels.join('')}</div>`;
}

function screenOf(panel) {
  const texts = [...panel.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]* fill="(#\w+)"( font-weight="bold")?>([^<]*)<\/text>/g)].map(
    ([, x, y, colour, bold, text]) => ({ start: Math.round((x - margin) / column), y: Number(y), colour, bold, text: text.replaceAll('\u00a0', ' ') }),
  );
  const lineHeight = 19;
  const [{ y: top }] = texts;
  const lines = [];
  for (const text of texts) (lines[Math.round((text.y - top) / lineHeight)] ??= []).push(text);
  return `<pre v-pre>${Array.from(lines, (runs = []) => lineOf(runs)).join('')}</pre>`;
}

function lineOf(runs) {
  let at = 0;
  const parts = runs.map(({ start, colour, bold, text }) => {
    const blanks = ' '.repeat(Math.max(0, start - at));
    at = start + characters(text);
    return `${blanks}<span style="color: ${colour}${bold === undefined ? '' : '; font-weight: bold'}">${text}</span>`;
  });
  const written = runs.map(({ start, text }) => ({ start, text }));
  return `<span class="line" style="--indent: ${hangingOf(written)}">${parts.join('')}\n</span>`;
}

/** Where a line continues: two columns behind its first word, and behind the lines of a drawing. */
function hangingOf([first]) {
  if (first === undefined) return 0;
  const [drawing] = /^[ ├└─│]*/u.exec(first.text);
  return first.start + (drawing.length || 2);
}

const characters = (text) => text.replaceAll(/&\w+;/g, '.').length;
