// The index of the search, in place of MiniSearch for the theme of VitePress: a page with ten places that fit does not hide the other pages.
// By its file: its name leads here.
import MiniSearch from './node_modules/minisearch/dist/es/index.js';
import { withPagesFirst } from './search.mjs';

export default class extends MiniSearch {
  static loadJSON(written, options) {
    const index = super.loadJSON(written, options);
    const search = index.search.bind(index);
    index.search = (question) => withPagesFirst(search(question));
    return index;
  }
}
