import { ReplayService } from '@meriden/services';
import { withServices } from '../installation/services.js';
import { EXIT, type Exit, type Terminal } from '../terminal/terminal.js';

/** Computes stored scores again from the inputs they were stored with: one JSON line a score; exit 1 unless each gives its own bytes. */
export async function replay(inputHash: string, terminal: Terminal): Promise<Exit> {
  return withServices(async (services) => {
    const replays = await services.get(ReplayService).atTerminal(inputHash);
    for (const one of replays) terminal.answer(one);
    const same = replays.filter(({ outcome }) => outcome === 'SAME').length;
    if (replays.length === 0) terminal.tell('No stored score has this input hash. The API gives it beside each score, as inputHash.');
    else terminal.tell(`${same} of ${replays.length} give the same bytes.`);
    return replays.length > 0 && same === replays.length ? EXIT.done : EXIT.no;
  });
}
