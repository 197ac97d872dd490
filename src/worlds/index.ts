export { exploreWorlds as explore } from './explored-mock';
export { fork } from './fork';
