// Who introduced a concept
//
// Papers that claim to propose, introduce or release a concept, the earliest first, with the sentence.
//
// ? who introduced {concept}
// ? who proposed {concept}
// ? which paper introduced {concept}
// ? in which paper was {concept} presented
// ? where does {concept} come from
// ? who invented {concept}
// ? when was {concept} introduced
// ? original paper of {concept}
// ? who came up with {concept}
// ? who is behind {concept}
// ? authors of {concept}
// ? who created {concept}
// ? reference for {concept}
// ? who released {concept}
// ? which year was {concept} published
// ? who is the creator of {concept}
// ? original publication of {concept}
// ? where was {concept} first described
// ? who first used {concept}
// ? source of {concept}
// ? which authors proposed {concept}
// ? who wrote the {concept} paper
// ? origin of {concept}
// ? in what year did {concept} appear
// ? who developed {concept}
//
// $concept (concept) = "BERT": name or id of the concept
// $limit (integer) = 20: most rows to give
MATCH (c:Method|Task|Dataset|Metric) WHERE c.id = $concept OR c.name = $concept
MATCH (p:Paper)-[r:INTRODUCES]->(c)
RETURN c.name AS concept, p.year AS year, p.title AS title, p.authors AS authors, r.confidence AS confidence,
       r.sentence AS sentence, p.key AS key, p.id AS paper
ORDER BY coalesce(year, 9999), paper
LIMIT $limit
