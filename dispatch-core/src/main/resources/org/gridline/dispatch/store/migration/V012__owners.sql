-- Why: where areas of a layer overlap, a city may say who comes first; the lower number owns what they share, then the
-- lower code. Areas without a number come after those that have one, so versions from before answer as they did.
ALTER TABLE boundary_area ADD COLUMN priority int;

-- Name and owners of a component change too, and the register's history says from what to what. Owners stand as 主管, 权属,
-- 养护; an empty text is nobody.
ALTER TABLE component_history
  ADD COLUMN name_before   text,
  ADD COLUMN name_after    text,
  ADD COLUMN owners_before text[] CHECK (cardinality(owners_before) = 3),
  ADD COLUMN owners_after  text[] CHECK (cardinality(owners_after) = 3),
  DROP CONSTRAINT component_history_what_check,
  ADD CHECK (what IN ('ADDED','IMPORTED','UPDATED','STATE','MOVED','DETAILS')),
  ADD CHECK ((what = 'DETAILS') = (name_before IS NOT NULL AND name_after IS NOT NULL
                                   AND owners_before IS NOT NULL AND owners_after IS NOT NULL));
