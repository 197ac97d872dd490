export { explain } from './failed-test';
