-- Schema 5. The id of a question begins with letters that are no part of a
-- number: hexadecimal digits alone can look like one, `2982419182230045` or
-- `94951e26`, and a spreadsheet writes those in its own way.
UPDATE question SET id = 'q-' || id;
UPDATE ruling SET question = 'q-' || question WHERE question IS NOT NULL;
