// What a page says of itself where a link to it is shown: in a chat, in a list of results.

/** The first paragraph of a page as plain text: whole sentences of at most 200 characters, if the first is not longer. */
export function descriptionOf(text) {
  const paragraph = text
    .replaceAll(/^(`{3,})[^]*?^\1$|<!--[^]*?-->/gm, '')
    .split(/\n{2,}/)
    .find((block) => /^\s*(?!\[!\[)[\p{L}`*[]/u.test(block));
  if (paragraph === undefined) return undefined;
  const plain = paragraph.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[`*]/g, '').replaceAll(/\s+/g, ' ').trim();
  const sentences = plain.split(/(?<=[.:!?]) /);
  const starts = sentences.map((_sentence, index) => sentences.slice(0, index + 1).join(' '));
  return (starts.findLast(({ length }) => length <= 200) ?? starts[0]).replace(/:$/, '.');
}

/**
 * The tags of a page for those who show links, as VitePress takes them. An `address` of the site, `https://host`, also gives the page's own
 * address, and the picture of the site, both of which have to be absolute.
 */
export function socialTags({ page, title, description, site, address, picture }) {
  const properties = {
    'og:type': page === 'index.md' ? 'website' : 'article',
    'og:site_name': site,
    'og:title': title,
    'og:description': description,
    ...(address !== undefined && { 'og:url': new URL(page.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '.html'), `${address}/`).href }),
    ...(address !== undefined && picture !== undefined && { 'og:image': new URL(picture, `${address}/`).href }),
  };
  const tags = Object.entries(properties).map(([property, content]) => ['meta', { property, content }]);
  return [...tags, ['meta', { name: 'twitter:card', content: 'summary' }]];
}
