export { openSuite } from './suite';
