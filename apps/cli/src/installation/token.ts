import { AccessService } from '@meriden/services';
import { EXIT, type Exit, type Terminal } from '../terminal/terminal.js';
import { withServices } from './services.js';

/** Prints a bearer token for one account of the local instance: whoever can run this owns the installation. */
export async function token(terminal: Terminal, options: Readonly<{ as: string; minutes: number }>): Promise<Exit> {
  return withServices(async (services) => {
    const signedIn = await services.get(AccessService).issueToken(options.as, options.minutes);
    terminal.line(signedIn.token);
    terminal.tell(`For ${signedIn.person.name}, ${signedIn.actor.role}, until ${signedIn.expiresAt}. Send it as: Authorization: Bearer TOKEN`);
    return EXIT.done;
  });
}
