// Results of several methods side by side
//
// Absolute results of up to five methods, one row a dataset, metric and method, so that equal conditions stand together.
// A method without a row has no result there.
//
// ? compare {first} {second} and {third}
// ? results of {first} {second} and {third} side by side
// ? compare the scores of {first} {second} and {third}
// ? {first} vs {second} vs {third}
// ? how do {first} {second} and {third} compare
// ? table of results for {first} {second} {third} and {fourth}
// ? numbers of {first} {second} {third} {fourth} and {fifth} next to each other
// ? which is best {first} {second} or {third}
// ? table with {first} {second} and {third}
// ? compare {first} {second} {third} and {fourth}
// ? side by side {first} {second} {third}
//
// $first (method) = "BERT": name or id of a method
// $second (method) = "RoBERTa": name or id of another
// $third (method) = "": another; may be empty
// $fourth (method) = "": another; may be empty
// $fifth (method) = "": another; may be empty
// $limit (integer) = 200: largest number of rows
MATCH (m:Method)
WHERE (m.id IN [$first, $second, $third, $fourth, $fifth] OR m.name IN [$first, $second, $third, $fourth, $fifth])
MATCH (m)<-[:OF_METHOD]-(r:Result)-[:ON_DATASET]->(d:Dataset)
WHERE r.comparison = 'absolute'
MATCH (r)-[:BY_METRIC]->(k:Metric)
MATCH (p:Paper)-[:REPORTS]->(r)
RETURN d.name AS dataset, k.name AS metric, m.name AS method, r.value AS value, k.better AS better, p.year AS year,
       coalesce(p.title, p.key) AS title, p.key AS key, r.text AS sentence, r.id AS result
ORDER BY dataset, metric, method, result
LIMIT $limit
