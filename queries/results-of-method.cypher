// Results of a method
//
// Numbers that papers report for a method, by dataset and metric, with the sentence.
//
// ? results of {method}
// ? which scores does {method} reach
// ? how well does {method} perform
// ? how good is {method}
// ? numbers reported for {method}
// ? performance of {method}
// ? what values were published for {method}
// ? all results for {method}
// ? what accuracy does {method} achieve
// ? scores of {method}
// ? which results did {method} get
// ? how does {method} do
// ? performance of {method} on all datasets
// ? what did {method} score
// ? {method} results
// ? {method} performance
// ? how strong is {method}
// ? which numbers does {method} have
// ? how accurate is {method}
//
// > datasets-of-method, claims-from
//
// $method (method) = "BERT": name or id of the method
// $limit (integer) = 100: most rows to give
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH (m)<-[:OF_METHOD]-(r:Result)
MATCH (p:Paper)-[:REPORTS]->(r)
OPTIONAL MATCH (r)-[:ON_DATASET]->(d:Dataset)
OPTIONAL MATCH (r)-[:BY_METRIC]->(k:Metric)
RETURN d.name AS dataset, k.name AS metric, r.value AS value, r.comparison AS comparison, p.year AS year,
       p.title AS title, p.key AS key, p.id AS paper, r.text AS sentence, r.id AS result
ORDER BY dataset, metric, year, result
LIMIT $limit
