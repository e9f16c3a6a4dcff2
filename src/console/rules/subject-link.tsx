import { AddressLink } from '../address-link.tsx';

/** An item of an example, to be opened where its kind is known. */
export function SubjectLink({ kind, id }: { readonly kind: string | undefined; readonly id: string }) {
  return kind === undefined ? (
    <b>{id}</b>
  ) : (
    <AddressLink page="entity" to={{ kind, id }} fw={600}>
      {id}
    </AddressLink>
  );
}
