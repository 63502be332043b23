-- AlterTable
ALTER TABLE "estimate" ADD COLUMN     "overwrite" BOOLEAN NOT NULL DEFAULT false;
