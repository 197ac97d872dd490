import { replay } from '../replay';
import { admission, control } from './admission';
import { data, management, presigned } from './charges';

replay(admission, control, data, management, presigned);
