import { AuditService } from '@meriden/services';
import { withServices } from '../installation/services.js';
import { EXIT, type Exit, type Terminal } from '../terminal/terminal.js';

/** Checks the whole history; exit 1 when it is not what it was. */
export async function verifyAudit(terminal: Terminal): Promise<Exit> {
  return withServices(async (services) => {
    const started = Date.now();
    const check = await services.get(AuditService).check();
    terminal.answer({ valid: check.breaches.length === 0, ...check, ms: Date.now() - started });
    const [first] = check.breaches;
    if (first === undefined) terminal.tell(`The history is whole: ${check.entries} entries in ${check.chains} chains, ${check.heads} signed ends.`);
    else terminal.tell(`The history was changed. First at ${first.chain}${first.seq === null ? '' : `, place ${first.seq}`}${first.entryId === null ? '' : `, entry ${first.entryId}`}: ${first.what}`);
    return first === undefined ? EXIT.done : EXIT.no;
  });
}

/** Prints the signed ends of all chains, to be kept elsewhere. */
export async function auditHeads(terminal: Terminal): Promise<Exit> {
  return withServices(async (services) => {
    const told = await services.get(AuditService).heads();
    terminal.answer(told);
    terminal.tell(`${told.heads.length} signed ends. Keep this file somewhere else than the database: whoever changes both must be two.`);
    return EXIT.done;
  });
}
