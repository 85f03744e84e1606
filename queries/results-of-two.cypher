// Results of two methods side by side
//
// Absolute results of both methods on the same dataset by the same metric.
//
// ? compare the results of {first} and {second}
// ? results of {first} and {second} side by side
// ? scores of {first} against {second}
// ? numbers of {first} and {second} next to each other
// ? compare the performance of {first} with that of {second}
// ? how do the scores of {first} and {second} compare
// ? difference in results between {first} and {second}
// ? results of {first} versus {second} on the same dataset
// ? {first} against {second} in numbers
// ? scores of both {first} and {second}
// ? {first} and {second} results compared
// ? put numbers of {first} and {second} together
//
// $first (method) = "BERT": name or id of a method
// $second (method) = "RoBERTa": name or id of the other
// $limit (integer) = 100: most rows to give
MATCH (a:Method) WHERE a.id = $first OR a.name = $first
MATCH (a)<-[:OF_METHOD]-(r:Result)-[:ON_DATASET]->(d:Dataset)
WHERE r.comparison = 'absolute'
MATCH (r)-[:BY_METRIC]->(k:Metric)
WITH r, d, k
MATCH (d)<-[:ON_DATASET]-(q:Result)-[:OF_METHOD]->(b:Method)
WHERE q.comparison = 'absolute' AND (b.id = $second OR b.name = $second)
MATCH (q)-[:BY_METRIC]->(j:Metric)
WHERE j.id = k.id
RETURN d.name AS dataset, k.name AS metric, r.value AS first_value, q.value AS second_value,
       r.text AS first_sentence, q.text AS second_sentence, r.id AS first_result, q.id AS second_result
ORDER BY dataset, metric, first_result, second_result
LIMIT $limit
