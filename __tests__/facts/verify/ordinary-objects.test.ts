import { replay } from './replay';

replay('ordinary-objects');
