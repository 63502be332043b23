-- AlterTable
ALTER TABLE "estimate" ADD COLUMN     "is_strict" BOOLEAN NOT NULL DEFAULT false;
