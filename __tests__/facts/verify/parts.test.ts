import { replay } from './replay';

replay('parts');
