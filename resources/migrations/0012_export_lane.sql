-- Exports have a lane of their own: most of the time they wait for pieces that others make, too.
UPDATE jobs SET lane = 'export' WHERE type = 'render.export';
