// How the site renders Markdown where VitePress differs from GitHub, or shows less than a reader needs.
import { anchorOf } from '../docs/anchors.mjs';
import { targetOf } from './pages.mjs';

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
  },
};

/** A page as the search reads it. To colour its code is most of the time of a build. */
export function withoutColours(text, environment, renderer) {
  const { highlight } = renderer.options;
  renderer.options.highlight = undefined;
  try {
    return renderer.render(text, environment);
  } finally {
    renderer.options.highlight = highlight;
  }
}

/** A line of a screen is wrapped, and `style.css` indents what does not fit by as many columns as are marked here. */
function markIndent(line) {
  if (this.options.lang !== 'text') return;
  const text = line.children.flatMap(({ children }) => children.map(({ value }) => value)).join('');
  line.properties.style = `--indent: ${indentOf(text)}`;
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
