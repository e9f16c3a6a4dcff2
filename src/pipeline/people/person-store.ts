import type { PersonRole } from '../../domain/access.ts';
import type { Preferences, Reach } from '../../domain/views/person-view.ts';

/** A person as stored. The password is a hash, the secret of the second factor is sealed. */
export interface StoredPerson {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: PersonRole;
  readonly reach: Reach;
  readonly preferences: Preferences;
  readonly passwordHash?: string;
  readonly mustChangePassword: boolean;
  readonly totpSecret?: string;
  readonly totpConfirmedAtMs?: number;
  readonly oidcSubject?: string;
  readonly lockedUntilMs?: number;
  readonly disabledAtMs?: number;
  readonly createdAtMs: number;
  readonly lastSignInAtMs?: number;
}

/** What may change of a person; null takes a value away. */
export interface PersonChange {
  readonly name?: string;
  readonly role?: PersonRole;
  readonly reach?: Reach;
  readonly preferences?: Preferences;
  readonly passwordHash?: string;
  readonly mustChangePassword?: boolean;
  readonly totpSecret?: string | null;
  readonly totpConfirmedAtMs?: number | null;
  readonly oidcSubject?: string;
  readonly lastSignInAtMs?: number;
  readonly disabledAtMs?: number | null;
}

export interface PersonStore {
  /** `login-taken` where somebody has the login already. */
  insert(person: StoredPerson): Promise<'inserted' | 'login-taken'>;
  /** Inserts unless there is anybody; of two processes at once one wins. */
  insertFirst(person: StoredPerson): Promise<'inserted' | 'there-are-people'>;
  find(id: string): Promise<StoredPerson | undefined>;
  findByLogin(login: string): Promise<StoredPerson | undefined>;
  findByOidc(subject: string): Promise<StoredPerson | undefined>;
  /** By name. */
  list(): Promise<readonly StoredPerson[]>;
  update(id: string, change: PersonChange): Promise<StoredPerson | undefined>;
  /** Counts a failed sign-in and locks the person for as long as `lockMs` says of the new count. */
  failSignIn(id: string, nowMs: number, lockMs: (failures: number) => number): Promise<void>;
  /** Forgets failures. */
  passSignIn(id: string, nowMs: number): Promise<void>;
  /** Takes a code's time step; false where it, or a later one, was taken before. */
  takeStep(id: string, step: number): Promise<boolean>;
  /** Ends every session of a person. */
  endSessions(personId: string): Promise<void>;
  hasPeople(): Promise<boolean>;
}
