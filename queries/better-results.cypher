// Better results than a method has on a dataset
//
// Methods with a better absolute result than a method's best one on the same dataset, by the same metric: lower
// where the metric says that lower is better. Claims without numbers are in beaten-on-dataset.
//
// ? which scores on {dataset} are higher than those of {method}
// ? who has better numbers than {method} on {dataset}
// ? better results than {method} on {dataset}
// ? results on {dataset} that exceed those of {method}
// ? which methods have a higher score than {method} on {dataset}
// ? values on {dataset} better than that of {method}
//
// > beaten-on-dataset, leaderboard, methods-on-dataset
//
// $method (method) = "BERT": name or id of the method
// $dataset (dataset) = "SQuAD": name or id of the dataset
// $limit (integer) = 100: largest number of rows
MATCH (d:Dataset) WHERE d.id = $dataset OR d.name = $dataset
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH (m)<-[:OF_METHOD]-(r:Result)-[:ON_DATASET]->(d)
WHERE r.comparison = 'absolute' AND r.number IS NOT NULL
MATCH (r)-[:BY_METRIC]->(k:Metric)
WITH d, m, k, max(CASE WHEN k.better = 'lower' THEN -1.0 * r.number ELSE r.number END) AS own
MATCH (d)<-[:ON_DATASET]-(q:Result)-[:BY_METRIC]->(k)
WHERE q.comparison = 'absolute' AND CASE WHEN k.better = 'lower' THEN -1.0 * q.number ELSE q.number END > own
MATCH (q)-[:OF_METHOD]->(w:Method)
WHERE w.id <> m.id
MATCH (p:Paper)-[:REPORTS]->(q)
RETURN w.name AS method, k.name AS metric, q.number AS number, q.value AS value,
       CASE WHEN k.better = 'lower' THEN -1.0 * own ELSE own END AS beaten_number, p.year AS year,
       coalesce(p.title, p.key) AS title, p.key AS key, q.text AS sentence, q.id AS result
ORDER BY metric, abs(number - beaten_number) DESC, method, result
LIMIT $limit
