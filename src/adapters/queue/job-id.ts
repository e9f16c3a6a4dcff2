/**
 * Encodes an id of ours as an id that BullMQ accepts: it refuses `:` and plain integers. Reversible.
 *
 * Ids of jobs that others put on a queue have no such mark and are left alone by `decodeJobId`.
 */
export function encodeJobId(id: string): string {
  return MARK + id.replaceAll('%', '%25').replaceAll(':', '%3A');
}

/** Gives back the id that `encodeJobId` was handed. */
export function decodeJobId(jobId: string): string {
  return jobId.startsWith(MARK) ? jobId.slice(MARK.length).replaceAll('%3A', ':').replaceAll('%25', '%') : jobId;
}

const MARK = 'a.';
