// Improvements over a baseline
//
// Results that are stated as a gain of one method over another, the highest number first.
//
// $baseline (method) = "BiDAF": name or id of the baseline
// $limit (integer) = 100: most rows to give
MATCH (b:Method) WHERE b.id = $baseline OR b.name = $baseline
MATCH (r:Result)-[:OVER_BASELINE]->(b)
MATCH (p:Paper)-[:REPORTS]->(r)
OPTIONAL MATCH (r)-[:OF_METHOD]->(m:Method)
OPTIONAL MATCH (r)-[:ON_DATASET]->(d:Dataset)
RETURN m.name AS method, r.value AS value, r.comparison AS comparison, d.name AS dataset, p.year AS year,
       p.id AS paper, r.text AS sentence, r.number AS number, r.id AS result
ORDER BY coalesce(number, -1.0e300) DESC, result
LIMIT $limit
