// The theme without its fonts: pages are read in those of the system.
import theme from 'vitepress/theme-without-fonts';
import './style.css';

export default theme;
