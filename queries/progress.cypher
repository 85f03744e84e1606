// Progress on a dataset
//
// The best absolute result on a dataset in each year, by metric: method, value, and the sentence that reports it.
// Results of papers without a year are left out. Of several best results, the one whose id comes first.
//
// ? progress on {dataset}
// ? progress on {dataset} over time
// ? how have results on {dataset} improved over the years
// ? best result on {dataset} by year
// ? best {metric} on {dataset} per year
// ? state of the art on {dataset} over time
// ? how did the state of the art on {dataset} evolve
// ? development of scores on {dataset}
// ? how much better did {dataset} results become each year
// ? history of records on {dataset}
// ? {dataset} {metric} over the years
// ? how has the best score on {dataset} changed through the years
// ? yearly best on {dataset}
// ? when was the record on {dataset} broken
// ? trend of {metric} on {dataset}
//
// > methods-on-dataset, papers-on
//
// $dataset (dataset) = "SQuAD": name or id of the dataset
// $metric (metric) = "": only this metric; empty for all
MATCH (d:Dataset) WHERE d.id = $dataset OR d.name = $dataset
MATCH (d)<-[:ON_DATASET]-(r:Result)-[:BY_METRIC]->(k:Metric)
WHERE r.comparison = 'absolute' AND r.number IS NOT NULL AND ($metric = '' OR k.id = $metric OR k.name = $metric)
MATCH (p:Paper)-[:REPORTS]->(r)
WHERE p.year IS NOT NULL AND EXISTS { MATCH (r)-[:OF_METHOD]->(:Method) }
WITH d, k, p.year AS year, count(DISTINCT r.id) AS results,
     max(CASE WHEN k.better = 'lower' THEN -1.0 * r.number ELSE r.number END) AS quality
MATCH (d)<-[:ON_DATASET]-(b:Result)-[:BY_METRIC]->(k)
WHERE b.comparison = 'absolute' AND CASE WHEN k.better = 'lower' THEN -1.0 * b.number ELSE b.number END = quality
MATCH (o:Paper)-[:REPORTS]->(b)
WHERE o.year = year AND EXISTS { MATCH (b)-[:OF_METHOD]->(:Method) }
WITH k, year, results, min(b.id) AS best
MATCH (b:Result) WHERE b.id = best
MATCH (b)-[:OF_METHOD]->(m:Method)
MATCH (o:Paper)-[:REPORTS]->(b)
WHERE o.year = year
RETURN k.name AS metric, k.better AS better, year, b.number AS number, b.value AS value, min(m.name) AS method, results,
       min(coalesce(o.title, o.key)) AS title, min(o.key) AS key, b.text AS sentence, b.id AS result
ORDER BY metric, year
