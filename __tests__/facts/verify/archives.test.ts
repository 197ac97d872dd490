import { replay } from './replay';

replay('archives');
