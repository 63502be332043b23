-- What a participant chose to be shown as: an emoji and the number of a tint. Null: by their place in the order of joining.
ALTER TABLE "participant" ADD COLUMN "avatar" TEXT;
