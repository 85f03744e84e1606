// Leaderboard of a dataset
//
// Results that papers report on a dataset, grouped by metric, the highest number first, each with the
// sentence that reports it. Differences to a baseline are left out.
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
//
// $dataset (dataset) = "SQuAD": name or id of the dataset
// $metric (metric) = "": only this metric; empty for all
// $limit (integer) = 100: most rows to give
MATCH (d:Dataset) WHERE d.id = $dataset OR d.name = $dataset
MATCH (d)<-[:ON_DATASET]-(r:Result)-[:BY_METRIC]->(k:Metric)
WHERE r.comparison = 'absolute' AND ($metric = '' OR k.id = $metric OR k.name = $metric)
MATCH (r)-[:OF_METHOD]->(m:Method)
MATCH (p:Paper)-[:REPORTS]->(r)
RETURN k.name AS metric, r.number AS number, r.value AS value, m.name AS method, p.year AS year,
       p.id AS paper, r.text AS sentence, r.id AS result
ORDER BY metric, coalesce(number, -1.0e300) DESC, method, paper, result
LIMIT $limit
