// The theme without its fonts: pages are read in those of the system.
import { useRoute } from 'vitepress';
import theme from 'vitepress/theme-without-fonts';
import { h, nextTick, onMounted, watch } from 'vue';
import './style.css';

const missing = () =>
  h('main', { class: 'vp-doc missing' }, [
    h('h1', 'No such page'),
    h('p', ['The search above finds pages by their words. ', h('a', { href: '/' }, 'Home')]),
  ]);

/** The id that the address names. Not each `%` that somebody writes behind the `#` begins an escape. */
function namedId() {
  const hash = window.location.hash.slice(1);
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

/** An address from before a page was divided leads to the place that its entry of the list links to, and one of the README to the introduction. */
function goOn() {
  const name = namedId();
  const place = document.getElementById(name);
  if (place?.matches('.moved')) window.location.replace(place.nextElementSibling.href);
  if (place === null && name !== '' && document.querySelector('main.home') !== null) window.location.replace(`/introduction.html#${name}`);
}

/** Opens what is folded below the heading that the address names. */
function openPlace() {
  const below = document.getElementById(namedId())?.nextElementSibling;
  if (below?.matches('details')) below.open = true;
}

/** Scrolls the navigation to the page that is shown: it is longer than a window, and somebody who comes by a search sees what else there is. */
async function showPlace() {
  await nextTick();
  const navigation = document.querySelector('.VPSidebar');
  const place = navigation?.querySelector('.VPSidebarItem.is-active > .item')?.getBoundingClientRect();
  if (place === undefined) return;
  const { top, bottom } = navigation.getBoundingClientRect();
  if (place.top < top || place.bottom > bottom - 24) navigation.scrollTop += place.top - (top + bottom) / 2;
}

/** A group of the navigation without a page is one button, and its arrow is no second one inside it. */
function joinButtons() {
  for (const arrow of document.querySelectorAll('.VPSidebarItem > .item[role="button"] > .caret'))
    for (const name of ['role', 'tabindex', 'aria-label']) arrow.removeAttribute(name);
}

const runner = 's3-versioning-mock:runner';

/** A browser can refuse to remember. */
function remembered() {
  try {
    return localStorage.getItem(runner);
  } catch {
    return null;
  }
}

function remember(name) {
  try {
    localStorage.setItem(runner, name);
  } catch {
    // The choice holds on this page.
  }
}

/** Shows a runner's block in each group that has one. */
function showRunner(name) {
  for (const group of document.querySelectorAll('.vp-code-group')) {
    const at = [...group.querySelectorAll('.tabs label')].findIndex((label) => label.textContent === name);
    if (at === -1) continue;
    group.querySelectorAll('.tabs input')[at].checked = true;
    for (const [index, block] of [...group.querySelector('.blocks').children].entries()) block.classList.toggle('active', index === at);
  }
}

/** Who chooses a runner in one group means all groups, here and on the next page. The group that was clicked stays where it is in the window. */
function chooseRunner({ target }) {
  const group = target.matches?.('.vp-code-group input') ? target.closest('.vp-code-group') : null;
  if (group === null) return;
  const name = group.querySelector(`label[for="${target.id}"]`).textContent;
  const { top } = group.getBoundingClientRect();
  remember(name);
  showRunner(name);
  window.scrollBy({ top: group.getBoundingClientRect().top - top, behavior: 'instant' });
}

const showRemembered = () => showRunner(remembered());

const Layout = {
  setup() {
    const route = useRoute();
    onMounted(showRemembered);
    onMounted(goOn);
    onMounted(openPlace);
    onMounted(joinButtons);
    onMounted(showPlace);
    onMounted(() => window.addEventListener('hashchange', openPlace));
    onMounted(() => document.addEventListener('change', chooseRunner));
    watch(() => route.path, showRemembered, { flush: 'post' });
    watch(() => route.path, goOn, { flush: 'post' });
    watch(() => route.path, joinButtons, { flush: 'post' });
    watch(() => route.path, openPlace, { flush: 'post' });
    watch(() => route.path, showPlace, { flush: 'post' });
    return () => h(theme.Layout, null, { 'not-found': missing });
  },
};

export default { extends: theme, Layout };
