import { replay } from './replay';

replay('uploads');
