import { ErrorSummary, type Fault } from '../ui/error-summary.js';
import { FaultView } from './fault-view.js';

/** Why a write did not happen: its refusals, or the fault under way. */
export function CommandFaults({ command }: Readonly<{ command: Readonly<{ faults: readonly Fault[]; error: unknown }> }>) {
  return (
    <>
      <ErrorSummary faults={command.faults} />
      {command.error != null && <FaultView error={command.error} />}
    </>
  );
}
