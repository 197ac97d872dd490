import { replay } from './replay';

replay('access');
