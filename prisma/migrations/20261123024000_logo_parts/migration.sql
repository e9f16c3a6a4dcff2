-- A logo is found by its parts too: its shapes are made anew from its picture when they are next asked for.
UPDATE "picture" SET "logoShape" = NULL WHERE "logoShape" IS NOT NULL;
