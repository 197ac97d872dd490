import { defineConfig } from 'vitepress';
import { anchorOf } from '../../docs/anchors.mjs';
import { navigation, targetOf } from '../pages.mjs';

export default defineConfig({
  title: 's3-versioning-mock',
  description: 'Amazon S3 and IBM COS bucket versioning for unit tests',
  lang: 'en',
  // Folders that git ignores already.
  srcDir: 'dist/pages',
  outDir: 'dist/site',
  cacheDir: 'node_modules/.vitepress',
  // Any server of files finds a page by its whole name.
  cleanUrls: false,
  // The index of the search is one file of 0.8 MB, which is loaded at the first search.
  vite: { build: { chunkSizeWarningLimit: 2000 } },
  themeConfig: {
    nav: [
      { text: 'How do I test …', link: '/tasks.html' },
      { text: 'Mistakes', link: '/mistakes.html' },
      { text: 'Facts', link: '/facts/' },
    ],
    sidebar: [{ text: 'Home', link: '/' }, ...navigation()],
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        detailedView: true,
        _render: withoutColours,
        miniSearch: { options: { processTerm }, searchOptions: { boostDocument, fuzzy } },
      },
    },
    docFooter: { prev: false, next: false },
  },
  markdown: {
    anchor: { slugify: anchorOf },
    // GitHub shows braces and colons as they are.
    attrs: { disable: true },
    config: asOnGitHub,
  },
});

/** A word as the search compares it: in small letters, in the singular. The browser runs a copy of this function, so it uses nothing outside. */
function processTerm(word) {
  const term = word.toLowerCase().replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
  const isEmpty = ['a', 'an', 'and', 'doe', 'for', 'how', 'i', 'in', 'is', 'it', 'of', 'the', 'to', 'what', 'with'].includes(term);
  return isEmpty ? null : term;
}

/** What a place is worth beside its words: a newcomer looks for a guide before a fact. The browser runs a copy of it as well. */
function boostDocument(address) {
  if (address.includes('/guides/')) return 2;
  if (address.includes('/facts/')) return 0.5;
  return address.includes('/changelog') ? 0.2 : 1;
}

/** How far a word may be misspelt: COS is not a misspelt "cost". The browser runs a copy of it as well. */
function fuzzy(term) {
  return term.length > 4 ? 0.2 : false;
}

/** A page as the search reads it. To colour its code is most of the time of a build. */
function withoutColours(text, environment, markdown) {
  const { highlight } = markdown.options;
  markdown.options.highlight = undefined;
  try {
    return markdown.render(text, environment);
  } finally {
    markdown.options.highlight = highlight;
  }
}

/** The parts of Markdown in which VitePress differs from GitHub. */
function asOnGitHub(markdown) {
  markdown.disable('emoji');
  const { link_open: linkOf, text: textOf } = markdown.renderer.rules;
  // Vue would read two braces as an expression.
  markdown.renderer.rules.text = (...given) => textOf(...given).replaceAll('{{', '&#123;&#123;');
  markdown.renderer.rules.link_open = (tokens, index, options, environment, self) => {
    const link = tokens[index].attrGet('href');
    const isOfThisPage = tokens[index].attrGet('class') === 'header-anchor';
    if (!isOfThisPage && !/^[a-z]+:/.test(link)) tokens[index].attrSet('href', targetOf(environment.relativePath, link));
    return linkOf(tokens, index, options, environment, self);
  };
}
