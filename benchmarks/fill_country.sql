-- SPDX-License-Identifier: EUPL-1.2
-- A made-up country of {lots} lots and {requirements} requirements around the 120 largest towns, ten to a site; every
-- tradable class alike often. Nothing here waits for a trigger, so that they may be put off.
SELECT setseed(0.42);
INSERT INTO organisation (id, name, kind) VALUES (gen_random_uuid(), 'Builder', 'public_builder');
CREATE TEMPORARY TABLE place AS
SELECT n, kind, ST_Translate(town.geom, 6000 * (random() - 0.5), 6000 * (random() - 0.5)) AS geom, municipality_code
  FROM (SELECT n, 'donor' AS kind, random() AS pick FROM generate_series(1, {lots} / 10) n
        UNION ALL SELECT n, 'project', random() FROM generate_series(1, {requirements} / 10) n) made
  JOIN (SELECT geom, municipality_code, row_number() OVER (ORDER BY population DESC) AS rank FROM town) town
    ON town.rank = 1 + floor(made.pick * 120)::int;
INSERT INTO site (id, kind, ref, name, geom, municipality_code, land_mass, road_node)
SELECT gen_random_uuid(), p.kind, p.kind || p.n, p.kind || ' ' || p.n, p.geom, p.municipality_code, node.land_mass, node.id
  FROM place p CROSS JOIN LATERAL (SELECT id, land_mass FROM road_node ORDER BY road_node.geom <-> p.geom LIMIT 1) node;
CREATE TEMPORARY TABLE trade AS
SELECT id, unit, row_number() OVER (ORDER BY id) AS rank FROM material_class WHERE tradable;
INSERT INTO lot (id, site_id, ref, class_id, unit, quantity, basis, available_from, available_to, firmness, documentation,
                 screening, length_mm, price_ore, geom)
SELECT gen_random_uuid(), s.id, 'L' || k, trade.id, trade.unit, 20 + floor(random() * 400)::int, 'surveyed',
       d.day, d.day + 60 + floor(random() * 120)::int,
       (ARRAY['possible', 'possible', 'permit_applied', 'permit_given', 'started'])[1 + floor(random() * 5)::int], 'basic',
       (ARRAY['clean', 'clean', 'clean', 'unknown', 'contaminated'])[1 + floor(random() * 5)::int],
       1000 + floor(random() * 5000)::int, floor(random() * 20000)::int, s.geom
  FROM (SELECT id, ref, geom FROM site WHERE kind = 'donor') s
  CROSS JOIN generate_series(1, 10) k
  -- The outer row is named inside so that PostgreSQL draws anew for each row.
  CROSS JOIN LATERAL (SELECT date '2027-01-01' + floor(random() * 500 + 0 * (k + length(s.ref)))::int AS day,
                             1 + floor(random() * (SELECT count(*) FROM trade) + 0 * (k + length(s.ref)))::int AS pick) d
  JOIN trade ON trade.rank = d.pick;
INSERT INTO project (id, ref, name, organisation_id, site_id)
SELECT gen_random_uuid(), s.ref, s.name, (SELECT id FROM organisation LIMIT 1), s.id FROM site s WHERE s.kind = 'project';
INSERT INTO requirement (id, project_id, ref, class_id, unit, quantity, wanted_from, wanted_to, max_metres)
SELECT gen_random_uuid(), p.id, 'R' || k, trade.id, trade.unit, 100 + floor(random() * 2000)::int, w.day, w.day + 90, 100000
  FROM project p
  CROSS JOIN generate_series(1, 10) k
  CROSS JOIN LATERAL (SELECT date '2027-03-01' + floor(random() * 500 + 0 * (k + length(p.ref)))::int AS day,
                             1 + floor(random() * (SELECT count(*) FROM trade) + 0 * (k + length(p.ref)))::int AS pick) w
  JOIN trade ON trade.rank = w.pick;
ANALYZE;
