// Datasets used together
//
// Pairs of datasets that the same papers mention, by the share of the rarer one's papers in which both stand.
// A share of 1 means that it never comes without the other.
//
// ? which datasets are used together
// ? which datasets appear in the same papers
// ? datasets that go together
// ? pairs of datasets that are often combined
// ? benchmarks that are reported together
// ? which data sets usually come with each other
// ? datasets that typically occur in combination
// ? which benchmarks are often used in combination
// ? which datasets are mentioned together
// ? which datasets come in pairs
//
// $together (integer) = 2: only pairs that so many papers mention
// $limit (integer) = 50: most rows to give
MATCH (a:Dataset)<-[:MENTIONS]-(p:Paper)
MATCH (p)-[:MENTIONS]->(b:Dataset)
WHERE a.id < b.id
WITH a, b, count(p.id) AS together
WHERE together >= $together
WITH a, b, together, CASE WHEN a.papers < b.papers THEN a.papers ELSE b.papers END AS rarer
RETURN a.name AS dataset, b.name AS other, together, round(1.0 * together / rarer, 3) AS share,
       a.id AS dataset_id, b.id AS other_id
ORDER BY share DESC, together DESC, dataset_id, other_id
LIMIT $limit
