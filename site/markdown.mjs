// How the site renders Markdown where VitePress differs from GitHub, or shows less than a reader needs.
import { anchorOf } from '../docs/anchors.mjs';
import { targetOf } from './pages.mjs';
import { withOneRunner } from './runner-tabs.mjs';

export const markdown = {
  anchor: { slugify: anchorOf },
  // GitHub shows braces and colons as they are.
  attrs: { disable: true },
  // In the themes of VitePress comments and key words have too little contrast.
  theme: { light: 'github-light-high-contrast', dark: 'github-dark-default' },
  codeTransformers: [{ line: markIndent }],
  config(renderer) {
    renderAsGitHub(renderer);
    leaveOutEmptyHeaders(renderer);
    markCards(renderer);
    breakNamesInTables(renderer);
  },
};

/** A page as the search reads it, nothing of one that repeats other pages. To colour its code is most of the time of a build. */
export function withoutColours(text, environment, renderer) {
  const { highlight } = renderer.options;
  renderer.options.highlight = undefined;
  try {
    const html = renderer.render(isOfCases(environment) ? withoutBlocks(text) : withOneRunner(text), environment);
    return environment.frontmatter?.search === false ? '' : html;
  } finally {
    renderer.options.highlight = highlight;
  }
}

/** The calls of the recorded cases are as much text as all other pages, which somebody who searches would load. Their titles are found, where the cases are. */
const isOfCases = ({ relativePath }) => relativePath.startsWith('specification/') && relativePath !== 'specification/index.md';

const withoutBlocks = (text) => text.replaceAll(/^(?:```[^]*?^```|- <span id=.*)\n/gm, '');

/** Lines of screens, signatures and commands are wrapped, and `style.css` indents what does not fit by as many columns as are marked here. */
function markIndent(line) {
  const { lang } = this.options;
  if (!['text', 'typescript', 'sh'].includes(lang)) return;
  const text = line.children.flatMap(({ children }) => children.map(({ value }) => value)).join('');
  line.properties.style = `--indent: ${lang === 'text' ? indentOf(text) : text.search(/\S|$/) + 2}`;
}

/** The column of a line's first word: behind the signs of a list, a drawing or an excerpt of code, or behind the name of an option. */
export function indentOf(line) {
  const [start] = /^(?: *-\S.*? {2,}| *(?:\d+\.|●) +|[> ]*\d* \| *|[ │├└─]*)/u.exec(line);
  return start.length;
}

function renderAsGitHub(renderer) {
  renderer.disable('emoji');
  const { link_open: linkOf, text: textOf } = renderer.renderer.rules;
  // Vue would read two braces as an expression.
  renderer.renderer.rules.text = (...given) => textOf(...given).replaceAll('{{', '&#123;&#123;');
  renderer.renderer.rules.link_open = (tokens, index, options, environment, self) => {
    const link = tokens[index].attrGet('href');
    const isOfThisPage = tokens[index].attrGet('class') === 'header-anchor';
    if (!isOfThisPage && !/^[a-z]+:/.test(link)) tokens[index].attrSet('href', targetOf(environment.relativePath, link));
    return linkOf(tokens, index, options, environment, self);
  };
}

/** A header without a text is a cell: a screen reader would announce nothing as a column. `style.css` hides a row that has no header at all. */
function leaveOutEmptyHeaders(renderer) {
  renderer.core.ruler.push('empty-headers', ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'th_open' || tokens[index + 1].content !== '') continue;
      token.tag = 'td';
      tokens[index + 2].tag = 'td';
    }
  });
}

/**
 * On a phone a table of three columns or more becomes a card for each row, by `style.css`: each cell has the name of its column. A table of
 * figures, whose columns are set to the right, stays one and scrolls.
 */
function markCards(renderer) {
  renderer.core.ruler.push('cards', ({ tokens }) => {
    for (const [start, table] of tokens.entries()) {
      if (table.type !== 'table_open') continue;
      const end = tokens.findIndex(({ type }, index) => index > start && type === 'table_close');
      const names = tokens.slice(start, end).flatMap(({ type }, at) => (type === 'th_open' ? [tokens[start + at + 1]] : []));
      const cells = tokens.slice(start, end).filter(({ type }) => type === 'td_open');
      const hasFigures = cells.some((cell) => cell.attrGet('style')?.includes('right'));
      if (names.length < 3 || hasFigures) continue;
      table.attrSet('class', 'cards');
      for (const [index, cell] of cells.entries()) {
        const name = plainText(names[index % names.length]);
        if (index % names.length > 0 && name !== '') cell.attrSet('data-column', name);
      }
    }
  });
  renderer.renderer.rules.table_open = (tokens, index, options, _environment, self) => {
    // What scrolls is reached by the keyboard.
    tokens[index].attrSet('tabindex', '0');
    return self.renderToken(tokens, index, options);
  };
}

/** A long name in a cell may break before a capital letter: it would take its column the width that sentences need. */
function breakNamesInTables(renderer) {
  const { code_inline: codeOf } = renderer.renderer.rules;
  renderer.core.ruler.push('names-in-tables', ({ tokens }) => {
    const cells = tokens.filter((_token, index) => tokens[index - 1]?.type === 'td_open');
    for (const code of cells.flatMap(({ children }) => children)) if (code.type === 'code_inline') code.meta = { breaks: true };
  });
  renderer.renderer.rules.code_inline = (tokens, ...given) => {
    const html = codeOf(tokens, ...given);
    return tokens[given[0]].meta?.breaks ? html.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '<wbr>') : html;
  };
}

function plainText({ children }) {
  return children.map(({ content }) => content).join('');
}
