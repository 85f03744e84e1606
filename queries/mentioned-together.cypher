// Concepts that come with a concept
//
// Other concepts by the number of papers that mention both, with the share of the other's papers that this is.
//
// ? what is mentioned together with {concept}
// ? which concepts occur with {concept}
// ? what usually appears with {concept}
// ? concepts related to {concept}
// ? what goes along with {concept}
// ? co-occurring concepts of {concept}
// ? which terms come up with {concept}
// ? neighbours of {concept}
// ? what do papers on {concept} also mention
// ? topics related to {concept}
// ? what is often mentioned next to {concept}
// ? in whose company is {concept} found
// ? what else is mentioned when papers write about {concept}
// ? concepts close to {concept}
// ? which concepts are associated with {concept}
// ? what comes up alongside {concept}
//
// $concept (concept) = "BERT": name or id of the concept
// $limit (integer) = 50: most rows to give
MATCH (c:Method|Task|Dataset|Metric) WHERE c.id = $concept OR c.name = $concept
MATCH (p:Paper)-[:MENTIONS]->(c)
MATCH (p)-[:MENTIONS]->(o:Method|Task|Dataset|Metric)
WHERE o.id <> c.id
WITH o, count(p.id) AS together
RETURN o.name AS concept, together, round(1.0 * together / o.papers, 3) AS share, o.id AS id
ORDER BY together DESC, share DESC, id
LIMIT $limit
