// Leaderboard of a dataset
//
// Absolute results that papers report on a dataset and on versions of it, by metric and dataset, the best first: the
// lowest where the metric says that lower is better. Results on two versions do not compare. The same result in several papers is one row, with their number and the year, title and sentence
// of the one that is read most surely. Metrics whose name does not say which values are better (better is empty) are
// sorted as if higher were.
//
// ? leaderboard of {dataset}
// ? best results on {dataset}
// ? state of the art on {dataset}
// ? best model on {dataset}
// ? ranking on {dataset}
// ? which method is best on {dataset}
// ? top scores on {dataset}
// ? highest {metric} on {dataset}
// ? {dataset} {metric} ranking
// ? who leads on {dataset}
// ? which model has the best {metric} on {dataset}
// ? what is the best {metric} reached on {dataset}
// ? lowest {metric} on {dataset}
// ? scores of all methods on {dataset}
// ? sota {dataset}
// ? results on {dataset}
// ? {metric} on {dataset}
// ? who holds the record on {dataset}
// ? how good are methods on {dataset}
// ? {dataset} leaderboard
// ? {dataset} ranking
// ? {dataset} sota
// ? record {metric} on {dataset}
// ? top {limit} on {dataset}
// ? best performing models on {dataset}
// ? what is the best score on {dataset}
// ? which method wins on {dataset}
// ? which model has the lowest {metric} on {dataset}
// ? current best on {dataset}
//
// > methods-on-dataset, papers-on
//
// $dataset (dataset) = "SQuAD": name or id of the dataset
// $metric (metric) = "": only this metric; empty for all
// $limit (integer) = 100: largest number of rows
MATCH (d:Dataset) WHERE d.id = $dataset OR d.name = $dataset
MATCH (v:Dataset)-[:NARROWER_THAN*0..1]->(d)
MATCH (v)<-[:ON_DATASET]-(r:Result)-[:BY_METRIC]->(k:Metric)
WHERE r.comparison = 'absolute' AND r.number IS NOT NULL AND ($metric = '' OR k.id = $metric OR k.name = $metric)
MATCH (r)-[:OF_METHOD]->(m:Method)
MATCH (p:Paper)-[:REPORTS]->(r)
WITH d, v, k, m, r.number AS number, count(DISTINCT p.id) AS papers, max(coalesce(r.confidence, 1.0)) AS best
MATCH (v)<-[:ON_DATASET]-(s:Result)-[:BY_METRIC]->(k)
WHERE s.comparison = 'absolute' AND s.number = number AND coalesce(s.confidence, 1.0) = best
MATCH (s)-[:OF_METHOD]->(m)
WITH d, v, k, m, number, papers, min(s.id) AS result,
     CASE WHEN k.better = 'lower' THEN -1.0 * number ELSE number END AS quality
MATCH (p:Paper)-[:REPORTS]->(s:Result) WHERE s.id = result
RETURN k.name AS metric, v.name AS dataset, k.better AS better, number, s.value AS value, m.name AS method,
       p.year AS year, papers, coalesce(p.title, p.key) AS title, p.key AS key, s.text AS sentence, p.id AS paper,
       result, v.id AS dataset_id
ORDER BY metric, CASE WHEN v.id = d.id THEN 0 ELSE 1 END, dataset, quality DESC, method, result
LIMIT $limit
