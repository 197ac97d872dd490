import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { markdown, withoutColours } from '../markdown.mjs';
import { navigation, pages } from '../pages.mjs';
import { searching } from '../search.mjs';
import { descriptionOf, socialTags } from '../social.mjs';

const { name, version, description: summary, homepage } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
// package.json has it once the project has an address; without it, pages do not name their own address.
const address = homepage?.replace(/\/$/, '');

export default defineConfig({
  title: name,
  description: summary,
  lang: 'en',
  // Folders that git ignores already.
  srcDir: 'dist/pages',
  outDir: 'dist/site',
  cacheDir: 'node_modules/.vitepress',
  // Any server of files finds a page by its whole name.
  cleanUrls: false,
  // The index of the search is one file of 1.9 MB, which is loaded at the first search.
  vite: {
    build: { chunkSizeWarningLimit: 2000 },
    resolve: { alias: [{ find: /^minisearch$/, replacement: fileURLToPath(new URL('../index-of-search.mjs', import.meta.url)) }] },
  },
  themeConfig: {
    logo: '/favicon.svg',
    nav: [
      { text: 'Introduction', link: '/introduction.html' },
      { text: 'Guides', link: '/tasks.html', activeMatch: '^/(?:tasks|guides/)' },
      { text: 'Runners', link: '/runners.html', activeMatch: '^/runners' },
      { text: 'Reference', link: '/reference/options.html', activeMatch: '^/reference/' },
      { text: 'Mistakes', link: '/mistakes.html', activeMatch: '^/mistakes' },
      { text: 'Facts', link: '/facts/', activeMatch: '^/(?:facts|specification|proof)' },
      { text: version, link: '/changelog.html' },
    ],
    sidebar: [{ text: 'Home', link: '/' }, { text: 'Introduction', link: '/introduction.html' }, ...navigation()],
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        detailedView: true,
        _render: withoutColours,
        miniSearch: searching,
      },
    },
    docFooter: { prev: 'Page before', next: 'Next page' },
  },
  markdown,
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: '/favicon.svg' }]],
  transformPageData({ relativePath }) {
    // The first page is made of links, so that it has no paragraph.
    return { description: relativePath === 'index.md' ? summary : descriptionOf(pages.get(relativePath)?.text ?? '') };
  },
  transformHead: ({ page, pageData: { title }, description }) => socialTags({ page, title, description, site: name, address }),
});
