import { ReconcilerService } from '@meriden/services';

// Control: what was sent once is never sent again.
ReconcilerService.prototype.sweep = () => Promise.resolve(0);
