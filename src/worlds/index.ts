export { fork } from './fork';
