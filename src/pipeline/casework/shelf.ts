import { AppError } from '../../domain/errors.ts';
import type { Clock, IdSource } from '../ports.ts';
import type { Reviewer } from './reviewer.ts';

/** Something that people keep under a title: a macro, a saved view. */
export interface Kept<Body> {
  readonly id: string;
  readonly ownerId: string;
  readonly isShared: boolean;
  readonly body: Body;
  readonly updatedAtMs: number;
}

export interface ShelfStore<Body> {
  /** Shared ones and those of this person, latest first. */
  list(personId: string): Promise<readonly Kept<Body>[]>;
  find(id: string): Promise<Kept<Body> | undefined>;
  save(kept: Kept<Body>): Promise<void>;
  delete(id: string): Promise<void>;
}

export interface Shelf<Body> {
  readonly store: ShelfStore<Body>;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/**
 * Keeps something new, or in place of what has this id.
 *
 * @throws AppError `auth.forbidden` when somebody who is no lead shares it or changes what is another's.
 */
export async function keep<Body extends { readonly isShared: boolean }>(
  shelf: Shelf<Body>,
  reviewer: Reviewer,
  body: Body,
  id?: string,
): Promise<Kept<Body>> {
  const before = id === undefined ? undefined : await findOwn(shelf, reviewer, id);
  if (body.isShared && !reviewer.isLead)
    throw new AppError('auth.forbidden', 'Only leads share with everybody: keep it for yourself, or ask one.');
  const kept = {
    id: before?.id ?? shelf.ids.next(),
    ownerId: before?.ownerId ?? reviewer.id,
    isShared: body.isShared,
    body,
    updatedAtMs: shelf.clock.nowMs(),
  };
  await shelf.store.save(kept);
  return kept;
}

/** Throws away what is the caller's own, or what is shared where the caller is a lead. */
export async function discard<Body>(shelf: Shelf<Body>, reviewer: Reviewer, id: string): Promise<void> {
  await findOwn(shelf, reviewer, id);
  await shelf.store.delete(id);
}

async function findOwn<Body>({ store }: Shelf<Body>, reviewer: Reviewer, id: string): Promise<Kept<Body>> {
  const kept = await store.find(id);
  const isVisible = kept !== undefined && (kept.ownerId === reviewer.id || kept.isShared);
  if (!isVisible) throw new AppError('resource.not-found', `There is nothing of yours with the id “${id}”.`);
  if (kept.ownerId !== reviewer.id && !reviewer.isLead)
    throw new AppError('auth.forbidden', 'It is shared: a lead changes it.');
  return kept;
}
