// The theme without its fonts: pages are read in those of the system.
import theme from 'vitepress/theme-without-fonts';
import { h } from 'vue';
import './style.css';

const missing = () =>
  h('main', { class: 'vp-doc missing' }, [
    h('h1', 'No such page'),
    h('p', ['The search above finds pages by their words. ', h('a', { href: '/' }, 'Home')]),
  ]);

export default { extends: theme, Layout: () => h(theme.Layout, null, { 'not-found': missing }) };
