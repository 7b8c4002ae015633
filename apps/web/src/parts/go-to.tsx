import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/**
 * Goes to another place, once. (The router's own component goes again at each drawing, and going draws: the two never end.)
 * `comeBack` names this place in the address, so that signing in can lead back to it.
 */
export function GoTo({ to, comeBack = false }: Readonly<{ to: string; comeBack?: boolean }>) {
  const navigate = useNavigate();
  const router = useRouter();
  useEffect(() => {
    // Somebody else is taking the person there already, and may have said why.
    if (router.state.location.pathname === to) return;
    void navigate({ to, search: (comeBack ? { next: router.state.location.href } : {}) as never, replace: true });
    // Only where to matters: what else changes is the going itself.
  }, [to]);
  return null;
}
