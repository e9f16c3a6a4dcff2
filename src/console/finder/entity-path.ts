/** Address of what the API tells of an entity. */
export const entityPath = (kind: string, id: string): string =>
  `/v1/entities/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`;
