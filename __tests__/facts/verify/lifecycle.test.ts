import { replay } from './replay';

replay('lifecycle');
