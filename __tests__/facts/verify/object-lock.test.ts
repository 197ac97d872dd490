import { replay } from './replay';

replay('object-lock');
