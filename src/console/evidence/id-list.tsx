import { Fragment } from 'react';

/** Ids in a row, none of them broken at its hyphens. */
export function IdList({ ids }: { readonly ids: readonly string[] }) {
  return ids.map((id, at) => (
    <Fragment key={id}>
      {at > 0 && ', '}
      <span className="id whole">{id}</span>
    </Fragment>
  ));
}
