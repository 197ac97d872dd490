import { replay } from './replay';

replay('cors');
