import type { ErrorCodeEntry } from './error-code-entry.ts';

/** Faults of what is handed in: items and their pictures. */
export const ITEM_CODES = {
  'item.invalid': {
    status: 422,
    title: 'The item does not fit the schema',
    isRetryable: false,
    remedy: 'Correct the fields that `details` names; unknown fields are errors, too.',
  },
  'item.duplicate-in-batch': {
    status: 422,
    title: 'The batch holds this id twice',
    isRetryable: false,
    remedy: 'Send each id once in a batch; to change an item twice, send two batches.',
  },
  'item.future-date': {
    status: 422,
    title: 'A time lies in the future',
    isRetryable: false,
    remedy:
      'Send the time at which it happened, with its offset from UTC; five minutes of clock difference are allowed.',
  },
  'item.reference-missing': {
    status: 422,
    title: 'The item names something that is not there',
    isRetryable: false,
    remedy: 'Send what the item refers to first, then the item again.',
  },
  'image.fetch-refused': {
    status: 422,
    title: 'The address of the picture is not allowed',
    isRetryable: false,
    remedy: 'Give a public http or https address; private, loopback and metadata addresses are refused on every hop.',
  },
  'image.fetch-failed': {
    status: 502,
    title: 'The picture could not be fetched',
    isRetryable: true,
    remedy: 'See that the address serves the picture to anybody; the check is tried again by itself.',
  },
  'image.fetch-timeout': {
    status: 504,
    title: 'The picture was not served in time',
    isRetryable: true,
    remedy: 'See that the server answers faster, or upload the picture; the check is tried again by itself.',
  },
  'picture-text.unavailable': {
    status: 500,
    title: 'Words in pictures cannot be read',
    isRetryable: false,
    remedy: 'Install the data package of the language, or take the language out of rules/picture-text.yaml.',
  },
  'embedding.unavailable': {
    status: 500,
    title: 'The learned model cannot be used',
    isRetryable: false,
    remedy:
      'Install onnxruntime-node or onnxruntime-web, and see that ASSAY_EMBEDDING_MODEL names a model for pictures.',
  },
  'image.too-large': {
    status: 422,
    title: 'The picture has too many bytes or pixels',
    isRetryable: false,
    remedy: 'Send a smaller picture.',
  },
  'image.not-an-image': {
    status: 422,
    title: 'The bytes are not a picture of a supported format',
    isRetryable: false,
    remedy: 'Send JPEG, PNG, WebP, GIF, AVIF or TIFF.',
  },
  'image.undecodable': {
    status: 422,
    title: 'The picture cannot be decoded',
    isRetryable: false,
    remedy: 'The file is damaged or cut off: export the picture anew.',
  },
  'image.upload-missing': {
    status: 422,
    title: 'There is no upload with this id',
    isRetryable: false,
    remedy: 'POST the bytes to /v1/pictures first and name the uploadId that it answers.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;
