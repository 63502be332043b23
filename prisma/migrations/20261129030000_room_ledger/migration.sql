-- Estimates that were corrected, or made without a vote, are entries of the ledger.
ALTER TABLE "round" ADD COLUMN "origin" TEXT NOT NULL DEFAULT 'VOTE', ADD COLUMN "reason" TEXT, ADD COLUMN "settled_by" TEXT;

-- The label of the card that was settled: M, not 4.
ALTER TABLE "estimate" ADD COLUMN "label" TEXT NOT NULL DEFAULT '';
UPDATE "estimate" SET "label" = COALESCE(
  (SELECT card ->> 'label' FROM "round", jsonb_array_elements("round"."deck" -> 'cards') WITH ORDINALITY AS cards (card, place)
    WHERE "round"."id" = "estimate"."round_id" AND jsonb_typeof(card -> 'value') = 'number' AND (card ->> 'value')::float8 = "estimate"."value"
    ORDER BY place LIMIT 1),
  "estimate"."value"::text);
