// Datasets that two methods share
//
// Datasets on which both methods were evaluated, with the number of papers that say so of each.
//
// ? on which datasets were both {first} and {second} evaluated
// ? datasets that {first} and {second} share
// ? common datasets of {first} and {second}
// ? benchmarks used by both {first} and {second}
// ? where were {first} and {second} both tested
// ? on what data can {first} and {second} be compared
// ? datasets in common between {first} and {second}
// ? do {first} and {second} have benchmarks in common
// ? which data do {first} and {second} share
// ? same datasets for {first} and {second}
// ? where do the evaluations of {first} and {second} overlap
//
// $first (method) = "BERT": name or id of a method
// $second (method) = "RoBERTa": name or id of the other
MATCH (a:Method) WHERE a.id = $first OR a.name = $first
MATCH (b:Method) WHERE b.id = $second OR b.name = $second
MATCH (a)-[r:EVALUATED_ON]->(d:Dataset)
WITH b, d, count(r.paper) AS papers_first
MATCH (b)-[q:EVALUATED_ON]->(d)
RETURN d.name AS dataset, papers_first, count(q.paper) AS papers_second, d.id AS id
ORDER BY dataset, id
