// Results of a method on a dataset
//
// Numbers that papers report for one method on one dataset, by metric, with the sentence.
//
// ? what score does {method} get on {dataset}
// ? results of {method} on {dataset}
// ? how well does {method} do on {dataset}
// ? what score does {method} reach on {dataset}
// ? {method} on {dataset}
// ? performance of {method} on {dataset}
// ? which numbers were reported for {method} on {dataset}
// ? what does {method} achieve on {dataset}
// ? {method} {dataset} results
// ? how good is {method} on {dataset}
// ? what is the accuracy of {method} on {dataset}
// ? {method} accuracy on {dataset}
// ? {method} score on {dataset}
// ? on {dataset} what does {method} get
// ? numbers of {method} for {dataset}
// ? does {method} have results on {dataset}
//
// > results-of-method, methods-on-dataset
//
// $method (method) = "BERT": name or id of the method
// $dataset (dataset) = "SQuAD": name or id of the dataset
// $limit (integer) = 100: largest number of rows
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH (d:Dataset) WHERE d.id = $dataset OR d.name = $dataset
MATCH (m)<-[:OF_METHOD]-(r:Result)-[:ON_DATASET]->(d)
MATCH (p:Paper)-[:REPORTS]->(r)
OPTIONAL MATCH (r)-[:BY_METRIC]->(k:Metric)
RETURN k.name AS metric, r.value AS value, r.comparison AS comparison, p.year AS year,
       coalesce(p.title, p.key) AS title, p.key AS key, r.text AS sentence, r.id AS result
ORDER BY metric, year, result
LIMIT $limit
