import { hostKinds, startHostGuard } from '../capture/host-guard';
import { watchLoadingFile } from '../mock/test-file';
import { whenFileEnds } from './end-of-file';

const why =
  'no running mock answers it, and s3-versioning-mock/guard was imported. Call mockS3() before this request is sent';
const kindOf = hostKinds();
const fileIsOver = watchLoadingFile();

const endGuard = startHostGuard({
  whyRefused: (host, port) => (kindOf(host, port) === undefined ? undefined : why),
  fileIsOver,
});
whenFileEnds(endGuard, fileIsOver);
