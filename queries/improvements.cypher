// Improvements over a baseline
//
// Results that are stated as a gain of one method over another, the highest number first.
//
// ? how much better than {baseline} are other methods
// ? improvements over {baseline}
// ? gains over {baseline} in numbers
// ? by how many points is {baseline} improved upon
// ? how large is the gain over the baseline {baseline}
// ? reported margins over {baseline}
// ? by how much do methods outperform {baseline}
// ? relative improvement over {baseline}
// ? how much did others gain over {baseline}
// ? difference to the baseline {baseline}
// ? how big is the improvement relative to {baseline}
// ? who improves on {baseline} and by how much
// ? percentage gain over {baseline}
// ? by how much has {baseline} been beaten
// ? size of the improvements on {baseline}
//
// $baseline (method) = "BiDAF": name or id of the baseline
// $limit (integer) = 100: most rows to give
MATCH (b:Method) WHERE b.id = $baseline OR b.name = $baseline
MATCH (r:Result)-[:OVER_BASELINE]->(b)
MATCH (p:Paper)-[:REPORTS]->(r)
OPTIONAL MATCH (r)-[:OF_METHOD]->(m:Method)
OPTIONAL MATCH (r)-[:ON_DATASET]->(d:Dataset)
RETURN m.name AS method, r.value AS value, r.comparison AS comparison, d.name AS dataset, p.year AS year,
       p.title AS title, p.key AS key, p.id AS paper, r.text AS sentence, r.number AS number, r.id AS result
ORDER BY coalesce(number, -1.0e300) DESC, result
LIMIT $limit
