// What a method was tested and trained on
//
// Datasets on which papers say that a method was evaluated or trained, with the sentences.
//
// ? on which datasets was {method} evaluated
// ? what data was {method} tested on
// ? where was {method} evaluated
// ? benchmarks that {method} was tried on
// ? datasets used with {method}
// ? which corpora was {method} trained on
// ? what was {method} trained on
// ? training data of {method}
// ? on what benchmarks has {method} been run
// ? evaluation datasets of {method}
// ? which datasets did they use for {method}
// ? where has {method} been tested
// ? on what was {method} evaluated
// ? which data was used to train {method}
// ? {method} datasets
// ? {method} was tested on which benchmarks
// ? what was {method} pretrained on
//
// > claims-from
//
// $method (method) = "ViT": name or id of the method
// $limit (integer) = 100: most rows to give
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH (m)-[r:EVALUATED_ON|TRAINED_ON]->(d:Dataset)
WITH m, d, type(r) AS relation, count(r.paper) AS papers, max(r.confidence) AS best
WITH m, d, relation, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support
MATCH (m)-[r:EVALUATED_ON|TRAINED_ON]->(d) WHERE type(r) = relation
MATCH (p:Paper) WHERE p.id = r.paper
RETURN d.name AS dataset, relation, r.confidence AS confidence, support, r.sentence AS sentence,
       p.title AS title, p.year AS year, p.key AS key, p.id AS paper, d.id AS id
ORDER BY support DESC, dataset, relation, paper, id
LIMIT $limit
