-- What was decided on an item, in a facilitator's words.
ALTER TABLE "item" ADD COLUMN "decision" TEXT;
