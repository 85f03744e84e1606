// Unbeaten methods on a dataset
//
// Methods evaluated on a dataset that no other method evaluated there is claimed to beat.
//
// ? which methods are unbeaten on {dataset}
// ? what has nobody beaten on {dataset}
// ? methods on {dataset} that no other method beats
// ? which models on {dataset} have not been outperformed
// ? undefeated methods on {dataset}
// ? best model on {dataset} by claims
// ? winners on {dataset} that nobody has topped
// ? methods on {dataset} without a better one
// ? which methods on {dataset} are still unbeaten
//
// $dataset (dataset) = "SQuAD": name or id of the dataset
// $limit (integer) = 100: most rows to give
MATCH (d:Dataset) WHERE d.id = $dataset OR d.name = $dataset
OPTIONAL MATCH (d)<-[:EVALUATED_ON]-(w:Method)-[:OUTPERFORMS]->(l:Method)
WITH d, collect(DISTINCT l.id) AS beaten
MATCH (m:Method)-[r:EVALUATED_ON]->(d)
WHERE NOT m.id IN beaten
WITH m, count(r.paper) AS papers
RETURN m.name AS method, papers, COUNT { MATCH (m)-[:OUTPERFORMS]->(:Method) } AS wins, m.id AS id
ORDER BY wins DESC, papers DESC, id
LIMIT $limit
