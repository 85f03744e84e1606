// What beats a method on a dataset
//
// Methods that a paper claims to be better than a method, and evaluates on a dataset: two claims, each with its sentence.
// That the method wins on that dataset is said only where one sentence says both. The numbers are in better-results.
//
// ? what beats {method} on {dataset}
// ? which methods outperform {method} on {dataset}
// ? what is better than {method} on {dataset}
// ? who beats {method} on {dataset}
// ? what does {method} lose to on {dataset}
// ? is there anything better than {method} on {dataset}
// ? which models score higher than {method} on {dataset}
// ? by which methods is {method} beaten on {dataset}
// ? on {dataset} what outperforms {method}
// ? does anything beat {method} on {dataset}
// ? {method} is beaten on {dataset} by what
//
// > better-results, beaten-by, methods-on-dataset
//
// $method (method) = "BERT": name or id of the method
// $dataset (dataset) = "SQuAD": name or id of the dataset
// $limit (integer) = 100: largest number of rows
MATCH (d:Dataset) WHERE d.id = $dataset OR d.name = $dataset
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH (w:Method)-[r:OUTPERFORMS]->(m)
WITH d, m, w, count(r.paper) AS papers, max(r.confidence) AS best
WITH d, m, w, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support
MATCH (w)-[r:OUTPERFORMS]->(m)
WITH d, w, support, r
MATCH (w)-[e:EVALUATED_ON]->(d)
WHERE e.paper = r.paper
MATCH (p:Paper) WHERE p.id = r.paper
RETURN w.name AS better, p.year AS year, r.confidence AS confidence, support, r.sentence AS sentence,
       e.sentence AS evaluated, coalesce(p.title, p.key) AS title, p.key AS key, p.id AS paper, w.id AS id
ORDER BY support DESC, better, year, paper, id
LIMIT $limit
