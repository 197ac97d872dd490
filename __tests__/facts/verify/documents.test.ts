import { replay } from './replay';

replay('documents');
