import { replay } from './replay';

replay('configurations');
