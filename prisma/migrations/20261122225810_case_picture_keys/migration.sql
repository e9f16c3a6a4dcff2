-- AlterTable
ALTER TABLE "case" ADD COLUMN     "pictureKeys" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateIndex
CREATE INDEX "case_pictureKeys_idx" ON "case" USING GIN ("pictureKeys");

-- Open cases from before are known by their pictures too, as `pictureKeysOf` of src/policy tells them.
UPDATE "case" c SET "pictureKeys" = k.keys FROM (
  SELECT i."caseId", (array_agg(DISTINCT (e->>'bank') || '/' || (e->>'bankPictureId')))[1:200] AS keys
  FROM case_item i
  JOIN "case" o ON o.id = i."caseId" AND o."openKey" IS NOT NULL
  JOIN finding f ON f."checkId" = i."checkId"
  CROSS JOIN LATERAL jsonb_array_elements(f.evidence) e
  WHERE e->>'kind' = 'PICTURE_MATCH' AND e->>'bank' IN ('PROTECTED', 'COUNTERFEIT', 'SELLERS')
  GROUP BY i."caseId"
) k WHERE k."caseId" = c.id;
