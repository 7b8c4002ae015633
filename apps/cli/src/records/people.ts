import { writeFileSync } from 'node:fs';
import { isUuid, type SubjectRequestKind } from '@meriden/domain';
import { PersonalDataService, RetentionService } from '@meriden/services';
import { withServices } from '../installation/services.js';
import { EXIT, type Exit, type Terminal } from '../terminal/terminal.js';

type About = Readonly<{ person?: string; learner?: string }>;

/** Writes the copy of everything held about one person into a file that only its owner can read. */
export async function subjectAccess(terminal: Terminal, options: About & Readonly<{ out: string }>): Promise<Exit> {
  return answered(terminal, 'ACCESS', options, (file) => {
    writeFileSync(options.out, file ?? '', { mode: 0o600, flag: 'wx' });
    terminal.tell(`The copy is in ${options.out}. It is not kept anywhere else: hand it over and delete it.`);
  });
}

/** Erases one person, as far as law lets go, and prints the proof; exit 1 when it must not be done. */
export async function erase(terminal: Terminal, options: About): Promise<Exit> {
  return answered(terminal, 'ERASURE', options, () => undefined);
}

async function answered(terminal: Terminal, kind: SubjectRequestKind, { person = null, learner = null }: { person?: string | null; learner?: string | null }, deliver: (file: Uint8Array | null) => void): Promise<Exit> {
  if ((person === null) === (learner === null) || !isUuid(person ?? learner ?? '')) {
    terminal.tell('Give either --person or --learner, with the id of an account or of a learner record.');
    return EXIT.usage;
  }
  return withServices(async (services) => {
    const { request, file } = await services.get(PersonalDataService).atTerminal(kind, { personId: person, learnerId: learner });
    terminal.answer(request);
    if (request.state === 'REFUSED') {
      terminal.tell(`Not done. ${request.refusal}`);
      return EXIT.no;
    }
    deliver(file);
    const rows = (request.proof ?? []).reduce((sum, line) => sum + line.before, 0);
    terminal.tell(`${kind === 'ACCESS' ? 'Copied' : 'Erased'}: ${rows} rows were about this person. Digest of the proof: ${request.proofDigest}`);
    return EXIT.done;
  });
}

/** Deletes what is kept no longer, or says what it would. */
export async function retention(terminal: Terminal, options: Readonly<{ dryRun: boolean }>): Promise<Exit> {
  return withServices(async (services) => {
    const service = services.get(RetentionService);
    const counts = options.dryRun ? await service.dryRun() : await service.run();
    terminal.answer({ dryRun: options.dryRun, counts });
    terminal.tell(options.dryRun ? 'Nothing was changed. That many rows (for LEARNER_RECORD: records) would go.' : 'Deleted by the schedule.');
    return EXIT.done;
  });
}
