import { replay } from './replay';

replay('conditions');
