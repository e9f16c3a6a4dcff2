import type { FastifyRequest } from 'fastify';
import { AppError } from '../domain/errors.ts';

/** A form with one file. */
export interface FileForm {
  readonly bytes: Uint8Array;
  /** The other fields; of several with one name the last. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Fields that a form may have beside its file, and their greatest size; all of ours are short texts. */
const FIELD_LIMITS = { fields: 20, fieldSize: 4_096, files: 1, parts: 21 };

/**
 * Reads a multipart form with exactly one file of at most `maxBytes`.
 *
 * @throws AppError `request.invalid` without a file or with an empty one, `request.too-large` for a larger one,
 * `request.malformed` for a form that is cut off.
 */
export async function readFileForm(request: FastifyRequest, maxBytes: number): Promise<FileForm> {
  if (!request.isMultipart()) {
    throw new AppError('request.unsupported-media-type', 'Send multipart/form-data with one part `file`.');
  }
  try {
    return await readParts(request, maxBytes);
  } catch (thrown) {
    if (thrown instanceof AppError || (thrown as { code?: unknown }).code !== undefined) throw thrown;
    // The parser's own complaints carry no code: a missing boundary, an end in the middle of a part.
    throw new AppError('request.malformed', 'The form is cut off or not well-formed.', { cause: thrown });
  }
}

async function readParts(request: FastifyRequest, maxBytes: number): Promise<FileForm> {
  const fields: Record<string, string> = {};
  let bytes: Uint8Array | undefined;
  for await (const part of request.parts({ limits: { ...FIELD_LIMITS, fileSize: maxBytes } })) {
    if (part.type === 'file') bytes = await part.toBuffer();
    else if (part.valueTruncated === true) throw tooLongField(part.fieldname);
    else fields[part.fieldname] = String(part.value);
  }
  if (bytes === undefined || bytes.length === 0) {
    const details = [{ path: 'file', message: 'is missing or empty' }];
    throw new AppError('request.invalid', 'The form has no file: send one in a part named `file`.', { details });
  }
  return { bytes, fields };
}

function tooLongField(path: string): AppError {
  const details = [{ path, message: `is longer than ${FIELD_LIMITS.fieldSize} bytes` }];
  return new AppError('request.invalid', 'A field of the form is too long.', { details });
}
