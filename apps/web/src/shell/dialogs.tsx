import { useEffect, useState } from 'react';
import { CommandMenu } from './command-menu.js';
import { KeyHelp } from './key-help.js';
import type { Place } from './places.js';

export type Dialog = 'palette' | 'keys';

/** The dialogs of the frame, a script of their own: nobody needs them to see a page. */
export function Dialogs({ open, onOpen, menu }: Readonly<{ open: Dialog | null; onOpen: (dialog: Dialog | null) => void; menu: readonly Place[] }>) {
  // A dialog that stands before it opens knows where the focus was, and takes it back there.
  const [stands, setStands] = useState(false);
  useEffect(() => setStands(true), []);
  const close = (): void => onOpen(null);
  return (
    <>
      <CommandMenu opened={stands && open === 'palette'} onClose={close} onKeys={() => onOpen('keys')} menu={menu} />
      <KeyHelp opened={stands && open === 'keys'} onClose={close} menu={menu} />
    </>
  );
}
