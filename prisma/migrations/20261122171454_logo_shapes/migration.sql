-- AlterTable
ALTER TABLE "picture" ADD COLUMN     "logoShape" BYTEA,
ADD COLUMN     "shapes" BYTEA;
