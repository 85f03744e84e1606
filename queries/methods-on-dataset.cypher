// What was tried on a dataset
//
// Methods that papers say were evaluated on a dataset, the best supported first,
// with the first and the latest year.
//
// ? which methods were evaluated on {dataset}
// ? models tested on {dataset}
// ? what was tried on {dataset}
// ? who used {dataset}
// ? methods run on {dataset}
// ? which systems use {dataset}
// ? what has been benchmarked on {dataset}
// ? approaches trained on {dataset}
// ? which models have been tried on {dataset}
// ? which methods use {dataset} data
// ? who evaluated on {dataset}
// ? which models have results on {dataset}
// ? what ran on {dataset}
// ? which methods usually go on {dataset}
// ? on {dataset} which models have been evaluated
// ? which methods were trained on {dataset}
// ? everything tested on {dataset}
// ? list the methods that use {dataset}
//
// $dataset (dataset) = "SQuAD": name or id of the dataset
// $limit (integer) = 100: most rows to give
MATCH (d:Dataset) WHERE d.id = $dataset OR d.name = $dataset
MATCH (m:Method)-[r:EVALUATED_ON]->(d)
MATCH (p:Paper) WHERE p.id = r.paper
WITH m, count(p.id) AS papers, max(r.confidence) AS best, min(p.year) AS first_year, max(p.year) AS latest_year
RETURN m.name AS method, papers, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support, first_year, latest_year,
       m.id AS id
ORDER BY support DESC, papers DESC, method, id
LIMIT $limit
