import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, errors, request } from 'undici';
import { AppError } from '../../domain/errors.ts';
import type { PictureFetcher } from '../../pipeline/ports.ts';
import { judgeAddress } from './address-guard.ts';

/** What a fetch may do. */
export interface FetchLimits {
  /** For everything, redirects included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly maxRedirects: number;
  readonly allowedPorts: readonly number[];
  /** `host:port` pairs that may be asked whatever their address: the marketplace's own picture host. */
  readonly allowHosts: readonly string[];
}

const DEFAULT_FETCH_LIMITS: FetchLimits = {
  timeoutMs: 10_000,
  maxBytes: 20_971_520,
  maxRedirects: 3,
  allowedPorts: [80, 443, 8080, 8443],
  allowHosts: [],
};

/** A fetcher that can be closed, so that a process can end. */
export interface GuardedFetcher extends PictureFetcher {
  close(): Promise<void>;
}

/** Resolves a host name to all of its addresses; a test hands in its own. */
export type ResolveHost = (
  host: string,
  done: (fault: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

const resolveBySystem: ResolveHost = (host, done) => {
  systemLookup(host, { all: true, verbatim: true }, done);
};

class RefusedAddress extends Error {}

/**
 * Fetches pictures from strangers' addresses without being led into the own network: http and https only, no user
 * names, few ports; every hop's literal address is judged, and names are judged where the connection is made, on the
 * very addresses that are connected to, so that a name cannot change its mind in between (DNS rebinding).
 * @throws AppError `image.fetch-refused`, `image.fetch-failed`, `image.fetch-timeout`, `image.too-large`.
 */
export function createGuardedFetcher(
  options: Partial<FetchLimits> & { readonly resolveHost?: ResolveHost } = {},
): GuardedFetcher {
  const limits: FetchLimits = { ...DEFAULT_FETCH_LIMITS, ...options };
  const resolveHost = options.resolveHost ?? resolveBySystem;
  const guarded = new Agent({
    connect: { lookup: judgingLookup(resolveHost), timeout: limits.timeoutMs },
    connections: 8,
    keepAliveTimeout: 4_000,
  });
  const trusted = new Agent({ connect: { timeout: limits.timeoutMs }, connections: 8, keepAliveTimeout: 4_000 });
  return {
    async fetch(url) {
      const signal = AbortSignal.timeout(limits.timeoutMs);
      let target = parseTarget(url, limits);
      for (let hop = 0; hop <= limits.maxRedirects; hop++) {
        const step = await fetchHop(target, { limits, signal, agent: target.isTrusted ? trusted : guarded });
        if (step.kind === 'bytes') return step.bytes;
        target = parseTarget(step.location, limits, target.url);
      }
      throw new AppError('image.fetch-failed', `${target.url.host} redirects more than ${limits.maxRedirects} times.`);
    },
    async close() {
      await Promise.all([guarded.destroy(), trusted.destroy()]);
    },
  };
}

interface Target {
  readonly url: URL;
  readonly isTrusted: boolean;
}

function parseTarget(text: string, limits: FetchLimits, base?: URL): Target {
  let url: URL;
  try {
    url = new URL(text, base);
  } catch (cause) {
    throw new AppError('image.fetch-refused', 'The address of the picture is no URL.', { cause });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refusal(url, `${url.protocol} is not http or https`);
  if (url.username !== '' || url.password !== '') throw refusal(url, 'it carries a user name');
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  if (limits.allowHosts.includes(`${url.hostname}:${port}`)) return { url, isTrusted: true };
  if (!limits.allowedPorts.includes(port)) throw refusal(url, `port ${port} is not allowed`);
  // A literal address is connected to without a lookup, so it is judged here. URL has already read every spelling
  // (decimal, octal, hexadecimal, short forms) as the address that it means.
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0) {
    const verdict = judgeAddress(literal);
    if (verdict.kind === 'refused') throw refusal(url, `${literal} ${verdict.why}`);
  }
  return { url, isTrusted: false };
}

function judgingLookup(resolveHost: ResolveHost): LookupFunction {
  return (host, options, done) => {
    resolveHost(host, (fault, addresses) => {
      if (fault !== null) {
        done(fault, []);
        return;
      }
      for (const { address } of addresses) {
        const verdict = judgeAddress(address);
        if (verdict.kind === 'refused') {
          done(new RefusedAddress(`${host} leads to ${address}, which ${verdict.why}`), []);
          return;
        }
      }
      const [first] = addresses;
      if (first === undefined) done(new Error(`${host} has no address`), []);
      else if (options.all === true) done(null, [...addresses]);
      else done(null, first.address, first.family);
    });
  };
}

type Hop =
  { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'moved'; readonly location: string };

async function fetchHop(
  { url }: Target,
  how: { readonly limits: FetchLimits; readonly signal: AbortSignal; readonly agent: Agent },
): Promise<Hop> {
  const { limits, signal, agent } = how;
  try {
    const response = await request(url, {
      dispatcher: agent,
      signal,
      headersTimeout: limits.timeoutMs,
      bodyTimeout: limits.timeoutMs,
      // Nothing is unpacked, so a small answer cannot become a large one.
      headers: { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'Assay picture check' },
    });
    // A body that is given up reports an abort, which nobody waits for and which would end the process.
    response.body.on('error', () => undefined);
    const { location } = response.headers;
    if (response.statusCode >= 300 && response.statusCode < 400 && typeof location === 'string') {
      response.body.destroy();
      return { kind: 'moved', location };
    }
    if (response.statusCode !== 200) {
      response.body.destroy();
      throw new AppError('image.fetch-failed', `${url.host} answered ${response.statusCode} for the picture.`);
    }
    return { kind: 'bytes', bytes: await readBody(response.body, url, limits.maxBytes) };
  } catch (fault) {
    throw asAppError(fault, url, limits);
  }
}

async function readBody(body: AsyncIterable<Uint8Array> & { destroy(): unknown }, url: URL, maxBytes: number) {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > maxBytes) {
      body.destroy();
      throw new AppError('image.too-large', `The picture at ${url.host} has more than ${maxBytes} bytes.`);
    }
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function asAppError(fault: unknown, url: URL, limits: FetchLimits): AppError {
  if (fault instanceof AppError) return fault;
  if (fault instanceof RefusedAddress) return refusal(url, fault.message, fault);
  const isLate =
    (fault instanceof Error && fault.name === 'TimeoutError') ||
    fault instanceof errors.ConnectTimeoutError ||
    fault instanceof errors.HeadersTimeoutError ||
    fault instanceof errors.BodyTimeoutError;
  if (isLate) {
    return new AppError('image.fetch-timeout', `${url.host} did not serve the picture in ${limits.timeoutMs} ms.`, {
      cause: fault,
    });
  }
  const told = fault instanceof Error ? fault.message : String(fault);
  return new AppError('image.fetch-failed', `The picture at ${url.host} could not be fetched: ${told}.`, {
    cause: fault,
  });
}

function refusal(url: URL, why: string, cause?: unknown): AppError {
  return new AppError('image.fetch-refused', `The picture at ${url.host} is not fetched: ${why}.`, { cause });
}
