import type { ReactNode } from 'react';
import type { EntityKind } from '../../domain/views/search-view.ts';
import { AddressLink } from '../address-link.tsx';

interface EntityLinkProps {
  readonly kind: EntityKind;
  readonly id: string;
  readonly children: ReactNode;
}

/** Leads to the page of something: cases and sellers have pages of their own. */
export function EntityLink({ kind, id, children }: EntityLinkProps) {
  if (kind === 'CASE') {
    return (
      <AddressLink inherit page="/" to={{ case: id }}>
        {children}
      </AddressLink>
    );
  }
  return (
    <AddressLink inherit page="/entity" to={{ kind, id }}>
      {children}
    </AddressLink>
  );
}
