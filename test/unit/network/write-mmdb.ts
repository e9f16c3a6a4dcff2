/** A value that a MaxMind DB can hold, as far as the tests need it. */
export type MmdbValue = string | number | boolean | { readonly [key: string]: MmdbValue };

const TYPES = { string: 2, uint16: 5, uint32: 6, map: 7, uint64: 9, array: 11, boolean: 14 } as const;

const control = (type: number, size: number): number[] => {
  const head = type <= 7 ? [(type << 5) | Math.min(size, 29)] : [Math.min(size, 29), type - 7];
  if (size < 29) return head;
  // Sizes of 29–284 take one more byte.
  return type <= 7 ? [(type << 5) | 29, size - 29] : [29, type - 7, size - 29];
};

const encode = (value: MmdbValue): number[] => {
  if (typeof value === 'string') {
    const bytes = [...Buffer.from(value)];
    return [...control(TYPES.string, bytes.length), ...bytes];
  }
  if (typeof value === 'boolean') return control(TYPES.boolean, value ? 1 : 0);
  if (typeof value === 'number')
    return [...control(TYPES.uint32, 4), value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  const entries = Object.entries(value);
  return [
    ...control(TYPES.map, entries.length),
    ...entries.flatMap(([key, each]) => [...encode(key), ...encode(each)]),
  ];
};

interface TrieNode {
  left: TrieNode | number | undefined;
  right: TrieNode | number | undefined;
}

const bitsOf = (network: string): { bits: number[]; length: number } => {
  const [address = '', prefix = ''] = network.split('/');
  if (!address.includes(':')) {
    const bits = address.split('.').flatMap((octet) => [...Number(octet).toString(2).padStart(8, '0')].map(Number));
    return { bits: [...new Array<number>(96).fill(0), ...bits], length: 96 + Number(prefix) };
  }
  const [head = '', tail = ''] = address.split('::');
  const front = head.split(':').filter((group) => group !== '');
  const back = tail.split(':').filter((group) => group !== '');
  const groups = [...front, ...new Array<string>(8 - front.length - back.length).fill('0'), ...back];
  const bits = groups.flatMap((group) => [...Number.parseInt(group, 16).toString(2).padStart(16, '0')].map(Number));
  return { bits, length: Number(prefix) };
};

/** Bytes of an IPv6 MaxMind DB of format 2.0 with records of 24 bits. Networks must not nest. */
export const writeMmdb = (networks: Readonly<Record<string, MmdbValue>>, builtAt: Date): Buffer => {
  const root: TrieNode = { left: undefined, right: undefined };
  const data: number[] = [];
  for (const [network, value] of Object.entries(networks)) {
    const pointer = data.length;
    data.push(...encode(value));
    const { bits, length } = bitsOf(network);
    let node = root;
    for (let depth = 0; depth < length - 1; depth += 1) {
      const side = bits[depth] === 1 ? 'right' : 'left';
      const next = node[side];
      if (typeof next === 'number') throw new Error(`${network} nests`);
      node = next ?? (node[side] = { left: undefined, right: undefined });
    }
    node[bits[length - 1] === 1 ? 'right' : 'left'] = pointer;
  }
  const nodes: TrieNode[] = [root];
  for (let at = 0; at < nodes.length; at += 1)
    for (const child of [nodes[at]?.left, nodes[at]?.right]) if (typeof child === 'object') nodes.push(child);
  const numberOf = new Map(nodes.map((node, at) => [node, at]));
  const record = (child: TrieNode | number | undefined): number[] => {
    const value =
      child === undefined
        ? nodes.length
        : typeof child === 'number'
          ? nodes.length + 16 + child
          : (numberOf.get(child) ?? 0);
    return [(value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  };
  const tree = nodes.flatMap((node) => [...record(node.left), ...record(node.right)]);
  const seconds = Math.floor(builtAt.getTime() / 1000);
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: seconds,
    database_type: 'Test',
    ip_version: 6,
    node_count: nodes.length,
    record_size: 24,
  });
  return Buffer.from([
    ...tree,
    ...new Array<number>(16).fill(0),
    ...data,
    0xab,
    0xcd,
    0xef,
    ...Buffer.from('MaxMind.com'),
    ...metadata,
  ]);
};
